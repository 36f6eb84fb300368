import escrowAbi from 'singularitynet-platform-contracts/abi/MultiPartyEscrow.json' with { type: 'json' }
import { SnetError } from '../shared/errors.js'
import type { EscrowChannel } from '../shared/escrow-channel.js'
import {
  type Address,
  blockNumber,
  channelId,
  type ChannelId,
  channelNonce,
  cogs,
  type GroupId,
  ZERO_ADDRESS,
} from '../shared/units.js'
import { addressWord, encodeCall, hashOf, NoAnswer, uintWord, Words } from './abi.js'
import { shortReason } from './reason.js'

/** Who asks contracts as they are at the newest block. */
export interface ContractReader {
  /** Errors: one with the code `CALL_EXCEPTION` where the contract, or what is there, gave up the call; any other. */
  call(to: Address, data: string): Promise<string>
  codeAt(address: Address): Promise<string>
}

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
async function isNotThere(reader: ContractReader, address: Address, cause: unknown): Promise<boolean> {
  const { code: fault } = cause as { code?: unknown }
  if (!(cause instanceof NoAnswer) && fault !== 'CALL_EXCEPTION') return false
  const code = await reader.codeAt(address).catch(() => undefined)
  return code === '0x' || (code !== undefined && fault === 'CALL_EXCEPTION')
}

const noRegistry = ({ address, node }: { address: Address; node: string }): SnetError =>
  new SnetError('invalid-config', `no Registry contract at ${address}, says the node at ${node}`, {
    hint: 'Check registry_address_key and ethereum_json_rpc_http_endpoint (--registry, --rpc): they have to belong to the same network.',
  })

/** @param at the contract, and the host of the node for messages */
export function createRegistryReader(reader: ContractReader, at: { address: Address; node: string }): RegistryReader {
  const readUri = async (method: string, ...ids: readonly string[]): Promise<string | undefined> => {
    try {
      const call = encodeCall(method, ...ids.map((id) => registryId(id).slice(2)))
      const found = new Words(await reader.call(at.address, call))
      return found.isTrue(FOUND) ? found.bytes(URI).toString('utf8') : undefined
    } catch (cause) {
      if (await isNotThere(reader, at.address, cause)) throw noRegistry(at)
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
    organizationUri: (organization) => readUri('getOrganizationById(bytes32)', organization),
    serviceUri: (organization, service) =>
      readUri('getServiceRegistrationById(bytes32,bytes32)', organization, service),
  }
}

/** Both answers begin alike: whether it is found, its id, its URI. */
const FOUND = 0
const URI = 2

/** Data of an `eth_call` to `channels(id)`. */
export const encodeChannelQuery = (id: ChannelId): string => encodeCall('channels(uint256)', uintWord(id))

/** The answer of `channels(id)`; undefined when there is no such channel (its sender is zero). */
export function decodeChannel(id: ChannelId, data: string): EscrowChannel | undefined {
  const words = new Words(data)
  const channel = {
    id,
    nonce: channelNonce(words.uint(0)),
    sender: words.address(1),
    signer: words.address(2),
    recipient: words.address(3),
    groupId: words.bytes32(4) as GroupId,
    value: cogs(words.uint(5)),
    expiration: blockNumber(words.uint(6)),
  }
  return channel.sender === ZERO_ADDRESS ? undefined : channel
}

/** Data of an `eth_call` to `nextChannelId()`: ids from this one on do not exist yet. */
export const encodeNextChannelQuery = (): string => encodeCall('nextChannelId()')
export const decodeNextChannel = (data: string): bigint => new Words(data).uint(0)

/** Where events of the escrow contract have the id of the channel, by their first topic. */
const CHANNEL_EVENTS = new Map(
  escrowAbi.flatMap(({ type, name, inputs = [] }) => {
    const id = inputs.find((input) => input.name === 'channelId')
    if (type !== 'event' || !id) return []
    const isTopic = 'indexed' in id && id.indexed
    const among = inputs.filter((input) => ('indexed' in input && input.indexed) === isTopic)
    const signature = `${name}(${inputs.map((input) => input.type).join()})`
    return [[hashOf(signature), { isTopic, at: among.indexOf(id) }] as const]
  }),
)

/** The channel that a log of the escrow contract speaks of; undefined for events of the whole contract. */
export function channelOfLog(log: { topics: readonly string[]; data: string }): ChannelId | undefined {
  const [event = '', ...topics] = log.topics
  const found = CHANNEL_EVENTS.get(event.toLowerCase())
  if (!found) return undefined
  return channelId(found.isTopic ? new Words(topics[found.at] ?? '').uint(0) : new Words(log.data).uint(found.at))
}

/** Data of an `eth_call` to the escrow contract's `token()`. */
export const encodeTokenQuery = (): string => encodeCall('token()')
export const decodeTokenAddress = (data: string): Address => new Words(data).address(0)

/** Data of an `eth_call` to a token's `decimals()`. */
export const encodeDecimalsQuery = (): string => encodeCall('decimals()')
export const decodeDecimals = (data: string): number => Number(new Words(data).uint(0))

/** Data of an `eth_call` to a token's `balanceOf(owner)`. */
export const encodeBalanceQuery = (owner: Address): string => encodeCall('balanceOf(address)', addressWord(owner))
export const decodeBalance = (data: string): bigint => new Words(data).uint(0)
