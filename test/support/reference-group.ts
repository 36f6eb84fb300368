import { readFile } from 'node:fs/promises'
import { Contract, HDNodeWallet, type JsonRpcProvider, toBeHex, Wallet } from 'ethers'
import { registryId } from '../../src/ethereum/index.js'
import { registryInterface } from '../../src/ethereum/interfaces/index.js'
import { register } from '../../src/sandbox/contracts.js'
import { finish, type Network, newDraft, type Stage, stages } from '../../src/sandbox/index.js'
import { startMetadataServer } from '../../src/sandbox/metadata-server.js'
import { type Publication, publishService } from '../../src/sandbox/publish.js'
import type { Address } from '../../src/shared/units.js'
import { type Etcd, freePorts, startEtcd } from './etcd.js'
import { etcdDump } from './gob-vectors.js'
import { base64 } from './old-replica.js'

/** A group of the reference: what its daemons left in etcd, and a chain on which that means what it meant to them. */
export interface ReferenceGroup extends AsyncDisposable {
  readonly network: Network
  readonly etcd: Etcd
  /** What its keys begin with, and those of channels. */
  readonly base: string
  readonly channelBase: string
  /** The config file of its daemon at this place. */
  oldConfig(endpoint: string): Promise<Record<string, unknown>>
  /** Registers metadata that differs so from what is registered. */
  publish(changes: Partial<Published>): Promise<void>
}

interface Published extends Pick<Publication, 'priceInCogs' | 'recipient' | 'expirationThreshold'> {
  /** Where it says that the etcd of the group is. */
  readonly etcd: string
}

const NAMES = { organization: 'acceptance-org', service: 'calc-grpc', group: 'default_group' }
const GROUP = 'gV9S09I5yOMCYj6W4m/z1ISKlPIWzEQw2sxK+MckHLA='
const MPE = '0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512' as Address
/** Channels are numbered from 0; it left those up to this one. */
const LAST_CHANNEL = 16
const FREE_CALLS = 5

/** Accounts that local chains begin with, whose keys everybody knows: the daemons were tried on such a chain. */
const account = (index: number) => {
  const phrase = `${'test '.repeat(11)}junk`
  const { privateKey, address } = HDNodeWallet.fromPhrase(phrase, undefined, `m/44'/60'/0'/0/${index}`)
  return { key: privateKey, address: address as Address }
}

export async function openReferenceGroup(): Promise<ReferenceGroup> {
  const draft = newDraft({ searchPath: process.env['PATH'] ?? '' })
  try {
    const etcd = await draft.life.own('etcd', startEtcd())
    const run = async (title: RegExp): Promise<void> => {
      await (stages.find((stage) => title.test(stage.title)) as Stage).run(draft)
    }
    await run(/local chain/)
    Object.assign(draft, { owner: account(2), client: account(4), names: NAMES })
    await run(/Deploy/)
    const { provider, contracts, owner, freeCalls } = draft as unknown as Network
    await copyContract(provider, contracts.mpe, MPE)
    await run(/example service/)
    const metadata = await draft.life.own('metadata', startMetadataServer())
    const [port] = await freePorts(1)
    const group = { name: NAMES.group, idText: GROUP }
    const first = {
      ...{ ...NAMES, group, recipient: owner.address, freeCalls: { each: FREE_CALLS, signer: freeCalls.address } },
      ...{ mpe: MPE, endpoint: `127.0.0.1:${port}`, priceInCogs: 10, expirationThreshold: 100 },
    }
    const wallet = new Wallet(owner.key, provider)
    const registered = await publishOf(metadata, first, etcd.endpoint)
    await register(wallet, contracts.registry, NAMES, registered)
    Object.assign(draft, {
      ...{ metadata, group, priceInCogs: first.priceInCogs, endpoint: first.endpoint },
      contracts: { ...contracts, mpe: MPE },
    })
    await run(/payment channel/)
    const network = finish(draft)
    for (let id = 1; id <= LAST_CHANNEL; id++) await network.openChannel({ value: 1_000_000n })
    await fill(etcd)
    return {
      ...{ network, etcd, base: `local/${NAMES.organization}/${GROUP}` },
      channelBase: `local/${NAMES.organization}/${GROUP}/${MPE}`,
      oldConfig: (endpoint) => oldConfig(network, endpoint),
      async publish({ etcd: where = etcd.endpoint, ...changes }) {
        const { organization, service } = await publishOf(metadata, { ...first, ...changes }, where)
        const registry = new Contract(contracts.registry, registryInterface, wallet)
        const id = registryId(NAMES.organization)
        const bytes = (uri: string): Uint8Array => Buffer.from(uri)
        await registry.getFunction('changeOrganizationMetadataURI')(id, bytes(organization))
        const change = registry.getFunction('updateServiceRegistration')
        await (await change(id, registryId(NAMES.service), bytes(service))).wait()
      },
      [Symbol.asyncDispose]: () => network[Symbol.asyncDispose](),
    }
  } catch (fault) {
    await draft.life[Symbol.asyncDispose]()
    throw fault
  }
}

/** The same contract at another place: signatures are good for the one that they name. */
async function copyContract(provider: JsonRpcProvider, from: string, to: string): Promise<void> {
  await provider.send('anvil_setCode', [to, await provider.getCode(from)])
  for (let slot = 0; slot < 6; slot++) {
    await provider.send('anvil_setStorageAt', [to, toBeHex(slot, 32), await provider.getStorage(from, slot)])
  }
}

/** As the sandbox publishes, but for where the etcd is. */
async function publishOf(server: Network['metadata'], publication: Publication, etcd: string) {
  const uris = await publishService(server, publication)
  const answer = await fetch(`${server.url}/ipfs/${uris.organization.replace('ipfs://', '')}`)
  const text = (await answer.text()).replace('http://127.0.0.1:2379', etcd)
  return { ...uris, organization: await server.publish(Buffer.from(text)) }
}

/** Only the network's name in the keys is another one; of the values not a byte is. */
async function fill(etcd: Etcd): Promise<void> {
  for (const { key, value_hex: hex } of etcdDump()) {
    const value = base64(Buffer.from(hex, 'hex'))
    await etcd.post('/v3/kv/put', { key: base64(key.replace('sepolia/', 'local/')), value })
  }
}

/** What its `init` writes, filled in. */
async function oldConfig(network: Network, endpoint: string): Promise<Record<string, unknown>> {
  const written = JSON.parse(await readFile('test/fixtures/config/reference-init-full.json', 'utf8')) as Record<
    string,
    unknown
  >
  return {
    ...written,
    ...{ blockchain_network_selected: 'local', ethereum_json_rpc_http_endpoint: network.rpc },
    ...{ registry_address_key: network.contracts.registry, ipfs_endpoint: network.metadata.url },
    ...{ organization_id: NAMES.organization, service_id: NAMES.service, daemon_endpoint: endpoint },
    service_endpoint: `http://127.0.0.1:${network.calculator.port}`,
    private_key_for_free_calls: network.freeCalls.key.slice(2),
    token_secret_key: 'a secret that all replicas of this group have',
    payment_channel_storage_client: { connection_timeout: '0s', request_timeout: '0s', hot_reload: true },
    chain_poll_interval: '200ms',
  }
}
