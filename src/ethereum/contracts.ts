import { Contract, Interface, isError, type Provider } from 'ethers'
import escrowAbi from 'singularitynet-platform-contracts/abi/MultiPartyEscrow.json' with { type: 'json' }
import registryAbi from 'singularitynet-platform-contracts/abi/Registry.json' with { type: 'json' }
import { SnetError } from '../shared/errors.js'
import type { EscrowChannel } from '../shared/escrow-channel.js'
import {
  type Address,
  blockNumber,
  type ChannelId,
  channelNonce,
  cogs,
  type GroupId,
  ZERO_ADDRESS,
} from '../shared/units.js'
import { toAddress } from './address.js'
import { shortReason } from './reason.js'

export const registryInterface = new Interface(registryAbi)
export const escrowInterface = new Interface(escrowAbi)

/** Metadata URIs by id; undefined where nothing is registered. Errors: `unavailable`; `invalid-config` where it is not. */
export interface RegistryReader {
  organizationUri(organization: string): Promise<string | undefined>
  serviceUri(organization: string, service: string): Promise<string | undefined>
}

/** An id of the Registry: UTF-8, zero-padded on the right to 32 bytes, cut at 32. */
export function registryId(text: string): string {
  const bytes = Buffer.alloc(32)
  Buffer.from(text, 'utf8').copy(bytes)
  return `0x${bytes.toString('hex')}`
}

/** The node answers, and what it has at this address does not answer as a Registry does. */
async function isNotThere(provider: Provider, address: Address, cause: unknown): Promise<boolean> {
  if (!isError(cause, 'BAD_DATA') && !isError(cause, 'CALL_EXCEPTION')) return false
  const code = await provider.getCode(address).catch(() => undefined)
  return code === '0x' || (code !== undefined && isError(cause, 'CALL_EXCEPTION'))
}

const noRegistry = ({ address, node }: { address: Address; node: string }): SnetError =>
  new SnetError('invalid-config', `no Registry contract at ${address}, says the node at ${node}`, {
    hint: 'Check registry_address_key and ethereum_json_rpc_http_endpoint (--registry, --rpc): they have to belong to the same network.',
  })

/** @param at the contract, and the host of the node for messages */
export function createRegistryReader(provider: Provider, at: { address: Address; node: string }): RegistryReader {
  const contract = new Contract(at.address, registryInterface, provider)
  const read = async (method: string, ...ids: string[]) => {
    try {
      return await contract.getFunction(method).staticCall(...ids.map(registryId))
    } catch (cause) {
      if (await isNotThere(provider, at.address, cause)) throw noRegistry(at)
      throw new SnetError(
        'unavailable',
        `the Registry at ${at.address} could not be read from ${at.node}: ${shortReason(cause)}`,
        {
          hint: 'Check registry_address_key and ethereum_json_rpc_http_endpoint (--registry, --rpc): they have to belong to the same network.',
          cause,
        },
      )
    }
  }
  return {
    async organizationUri(organization) {
      const found = await read('getOrganizationById', organization)
      return found[0] ? uriText(found[2]) : undefined
    },
    async serviceUri(organization, service) {
      const found = await read('getServiceRegistrationById', organization, service)
      return found[0] ? uriText(found[2]) : undefined
    },
  }
}

const uriText = (bytes: string): string => Buffer.from(bytes.slice(2), 'hex').toString('utf8')

/** Data of an `eth_call` to `channels(id)`. */
export const encodeChannelQuery = (id: ChannelId): string => escrowInterface.encodeFunctionData('channels', [id])

/** The answer of `channels(id)`; undefined when there is no such channel (its sender is zero). */
export function decodeChannel(id: ChannelId, data: string): EscrowChannel | undefined {
  const [nonce, sender, signer, recipient, groupId, value, expiration] = escrowInterface.decodeFunctionResult(
    'channels',
    data,
  )
  if (sender === ZERO_ADDRESS) return undefined
  return {
    id,
    nonce: channelNonce(nonce as bigint),
    sender: toAddress(sender as string),
    signer: toAddress(signer as string),
    recipient: toAddress(recipient as string),
    groupId: groupId as GroupId,
    value: cogs(value as bigint),
    expiration: blockNumber(expiration as bigint),
  }
}

/** Data of an `eth_call` to `nextChannelId()`: ids from this one on do not exist yet. */
export const encodeNextChannelQuery = (): string => escrowInterface.encodeFunctionData('nextChannelId')
export const decodeNextChannel = (data: string): bigint =>
  escrowInterface.decodeFunctionResult('nextChannelId', data)[0] as bigint

/** The channel that a log of the escrow contract speaks of; undefined for events of the whole contract. */
export function channelOfLog(log: { topics: readonly string[]; data: string }): ChannelId | undefined {
  const event = escrowInterface.parseLog({ topics: [...log.topics], data: log.data })
  const id = event?.args.toObject().channelId as bigint | undefined
  return id as ChannelId | undefined
}

const tokenInterface = new Interface([
  'function decimals() view returns (uint8)',
  'function balanceOf(address owner) view returns (uint256)',
])

/** Data of an `eth_call` to the escrow contract's `token()`. */
export const encodeTokenQuery = (): string => escrowInterface.encodeFunctionData('token')
export const decodeTokenAddress = (data: string): Address =>
  toAddress(escrowInterface.decodeFunctionResult('token', data)[0] as string)

/** Data of an `eth_call` to a token's `decimals()`. */
export const encodeDecimalsQuery = (): string => tokenInterface.encodeFunctionData('decimals')
export const decodeDecimals = (data: string): number =>
  Number(tokenInterface.decodeFunctionResult('decimals', data)[0] as bigint)

/** Data of an `eth_call` to a token's `balanceOf(owner)`. */
export const encodeBalanceQuery = (owner: Address): string => tokenInterface.encodeFunctionData('balanceOf', [owner])
export const decodeBalance = (data: string): bigint =>
  tokenInterface.decodeFunctionResult('balanceOf', data)[0] as bigint
