import type { Wallet } from 'ethers'
import { Contract, ContractFactory, type Interface, type InterfaceAbi, type JsonRpcProvider, toBeHex } from 'ethers'
import escrowCode from 'singularitynet-platform-contracts/bytecode/MultiPartyEscrow.json' with { type: 'json' }
import registryCode from 'singularitynet-platform-contracts/bytecode/Registry.json' with { type: 'json' }
import tokenAbi from 'singularitynet-token-contracts/abi/SingularityNetToken.json' with { type: 'json' }
import tokenCode from 'singularitynet-token-contracts/bytecode/SingularityNetToken.json' with { type: 'json' }
import { registryId, toAddress } from '../ethereum/index.js'
import { escrowInterface, registryInterface } from '../ethereum/interfaces/index.js'
import type { Address } from '../shared/units.js'

export interface Contracts {
  readonly token: Address
  readonly registry: Address
  readonly mpe: Address
  /** Hash of the transaction that deployed the escrow: clients look for events from its block on. */
  readonly mpeTransaction: string
}

const ETHER = 10n ** 18n

/** Gives an account of the local chain all the gas money it will ever need. */
export async function giveEther(provider: JsonRpcProvider, account: string): Promise<void> {
  await provider.send('anvil_setBalance', [account, toBeHex(1_000n * ETHER)])
}

/** Deploys the real token, Registry and escrow from the packages that their makers publish. */
export async function deployContracts(deployer: Wallet): Promise<Contracts> {
  const deploy = async (abi: InterfaceAbi | Interface, code: string, ...args: unknown[]) => {
    const contract = await new ContractFactory(abi, code, deployer).deploy(...args)
    await contract.waitForDeployment()
    return {
      address: toAddress(await contract.getAddress()),
      transaction: contract.deploymentTransaction()?.hash ?? '',
    }
  }
  const token = await deploy(tokenAbi, tokenCode, 'SingularityNET Token', 'AGIX')
  const registry = await deploy(registryInterface, registryCode)
  const mpe = await deploy(escrowInterface, escrowCode, token.address)
  return { token: token.address, registry: registry.address, mpe: mpe.address, mpeTransaction: mpe.transaction }
}

/** New tokens for an account of the sandbox. */
export async function mint(deployer: Wallet, token: Address, to: string, amount: bigint): Promise<void> {
  const sent = await new Contract(token, tokenAbi, deployer).getFunction('mint')(to, amount)
  await sent.wait()
}

/** Registers an organisation and one service of it under the URIs of their metadata. */
export async function register(
  owner: Wallet,
  registry: Address,
  names: { organization: string; service: string },
  uris: { organization: string; service: string },
): Promise<void> {
  const contract = new Contract(registry, registryInterface, owner)
  const text = (uri: string): Uint8Array => Buffer.from(uri, 'utf8')
  const organization = await contract.getFunction('createOrganization')(
    registryId(names.organization),
    text(uris.organization),
    [],
  )
  await organization.wait()
  const service = await contract.getFunction('createServiceRegistration')(
    registryId(names.organization),
    registryId(names.service),
    text(uris.service),
  )
  await service.wait()
}
