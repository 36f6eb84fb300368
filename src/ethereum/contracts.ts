import { Contract, Interface, type Provider } from 'ethers'
import escrowAbi from 'singularitynet-platform-contracts/abi/MultiPartyEscrow.json' with { type: 'json' }
import registryAbi from 'singularitynet-platform-contracts/abi/Registry.json' with { type: 'json' }
import {
  type Address,
  type BlockNumber,
  blockNumber,
  type ChannelId,
  type ChannelNonce,
  channelNonce,
  type Cogs,
  cogs,
  type GroupId,
} from '../shared/units.js'
import { toAddress } from './address.js'

export const registryInterface = new Interface(registryAbi)
export const escrowInterface = new Interface(escrowAbi)

/** Metadata URIs by id; undefined where nothing is registered. */
export interface RegistryReader {
  readonly address: Address
  organizationUri(organization: string): Promise<string | undefined>
  serviceUri(organization: string, service: string): Promise<string | undefined>
}

/** An id of the Registry: UTF-8, zero-padded on the right to 32 bytes, cut at 32. */
export function registryId(text: string): string {
  const bytes = Buffer.alloc(32)
  Buffer.from(text, 'utf8').copy(bytes)
  return `0x${bytes.toString('hex')}`
}

export function createRegistryReader(provider: Provider, address: Address): RegistryReader {
  const contract = new Contract(address, registryInterface, provider)
  const read = (method: string, ...ids: string[]) => contract.getFunction(method).staticCall(...ids.map(registryId))
  return {
    address,
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

/** A channel as the contract returns it. */
export interface EscrowChannel {
  readonly id: ChannelId
  readonly nonce: ChannelNonce
  readonly sender: Address
  readonly signer: Address
  readonly recipient: Address
  readonly groupId: GroupId
  readonly value: Cogs
  readonly expiration: BlockNumber
}

const NOBODY = '0x0000000000000000000000000000000000000000'

/** Data of an `eth_call` to `channels(id)`. */
export const encodeChannelQuery = (id: ChannelId): string => escrowInterface.encodeFunctionData('channels', [id])

/** The answer of `channels(id)`; undefined when there is no such channel (its sender is zero). */
export function decodeChannel(id: ChannelId, data: string): EscrowChannel | undefined {
  const [nonce, sender, signer, recipient, groupId, value, expiration] = escrowInterface.decodeFunctionResult(
    'channels',
    data,
  )
  if (sender === NOBODY) return undefined
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
