/** Branded numbers and texts: an amount cannot be passed where a channel goes, nor lose precision. */
declare const brand: unique symbol
type Branded<T, Name extends string> = T & { readonly [brand]: Name }

/** Identifier of an MPE payment channel, a uint256 on chain. */
export type ChannelId = Branded<bigint, 'ChannelId'>
/** Generation of a channel: the contract raises it with every claim; a signed amount counts under one nonce only. */
export type ChannelNonce = Branded<bigint, 'ChannelNonce'>
/** Token amount in the smallest unit of the token. */
export type Cogs = Branded<bigint, 'Cogs'>
/** Height of a block on chain. */
export type BlockNumber = Branded<bigint, 'BlockNumber'>
/** Ethereum address in its EIP-55 spelling, so that `===` compares. Made by `ethereum/toAddress`. */
export type Address = Branded<`0x${string}`, 'Address'>
/** Payment group id: `0x` and 64 lower-case hex digits. Metadata spells the same 32 bytes in base64. */
export type GroupId = Branded<`0x${string}`, 'GroupId'>

const UINT256_LIMIT = 1n << 256n
const UINT64_LIMIT = 1n << 64n

function uint256(value: bigint, what: string): bigint {
  if (value < 0n || value >= UINT256_LIMIT) throw new RangeError(`${what} ${value} is not an unsigned 256-bit number`)
  return value
}

/** 32 bytes, big endian: how the contract, what is signed and the wire spell a 256-bit number. */
export function uint256Bytes(value: bigint): Buffer {
  if (value >= UINT64_LIMIT) return Buffer.from(value.toString(16).padStart(64, '0'), 'hex')
  const bytes = Buffer.alloc(32)
  bytes.writeBigUInt64BE(value, 24)
  return bytes
}
/** The number that bytes of any length spell, big endian; none is 0. */
export const bigEndian = (bytes: Uint8Array): bigint =>
  bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString('hex')}`)

export const isUint256 = (value: bigint): boolean => value >= 0n && value < UINT256_LIMIT
export const channelId = (value: bigint): ChannelId => uint256(value, 'channel id') as ChannelId
export const channelNonce = (value: bigint): ChannelNonce => uint256(value, 'channel nonce') as ChannelNonce
export const cogs = (value: bigint): Cogs => uint256(value, 'amount') as Cogs
export const blockNumber = (value: bigint): BlockNumber => uint256(value, 'block number') as BlockNumber

/** Whether a text spells an address, in whatever letter case. */
export const isAddress = (text: string): boolean => /^0x[0-9a-fA-F]{40}$/.test(text)
/** Nobody's address: what contracts and metadata hold where none was set. */
export const ZERO_ADDRESS = `0x${'0'.repeat(40)}` as Address

/** 32 bytes as a group id; shorter input is zero-filled on the right, longer is cut, as the contract's bytes32 is. */
export function groupIdFromBytes(bytes: Uint8Array): GroupId {
  const padded = new Uint8Array(32)
  padded.set(bytes.subarray(0, 32))
  return `0x${Buffer.from(padded).toString('hex')}` as GroupId
}

/** A group id as metadata spells it: base64 with padding. */
export const groupIdFromBase64 = (text: string): GroupId => groupIdFromBytes(Buffer.from(text, 'base64'))
export const groupIdBytes = (id: GroupId): Uint8Array => Buffer.from(id.slice(2), 'hex')
