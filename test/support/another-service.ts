import { Contract, Wallet } from 'ethers'
import { registryId } from '../../src/ethereum/index.js'
import { registryInterface } from '../../src/ethereum/interfaces/index.js'
import type { Network } from '../../src/sandbox/index.js'

/** Metadata of a service, as far as tests look into it. */
export interface Metadata {
  readonly groups: readonly object[]
}

/** Registers the network's own service once more, under another id and with metadata that is otherwise. */
export async function registerAnother(
  { names, contracts, owner, provider, metadata }: Network,
  service: string,
  change: (published: Metadata) => object | Promise<object>,
): Promise<void> {
  const registry = new Contract(contracts.registry, registryInterface, new Wallet(owner.key, provider))
  const organization = registryId(names.organization)
  const find = registry.getFunction('getServiceRegistrationById')
  const found = (await find(organization, registryId(names.service))) as string[]
  const uri = Buffer.from((found[2] as string).slice(2), 'hex').toString()
  const answer = await fetch(`${metadata.url}/ipfs/${uri.replace('ipfs://', '')}`)
  const changed = await change((await answer.json()) as Metadata)
  const changedUri = await metadata.publish(Buffer.from(JSON.stringify(changed)))
  const create = registry.getFunction('createServiceRegistration')
  await (await create(organization, registryId(service), Buffer.from(changedUri))).wait()
}
