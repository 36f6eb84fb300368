import { SnetError, toSnetError } from '../../shared/errors.js'
import {
  type Address,
  blockNumber,
  type ChannelId,
  channelId,
  type ChannelNonce,
  channelNonce,
  cogs,
  type GroupId,
} from '../../shared/units.js'
import type { ChannelRecord, ChannelWrite, DamageListener, PendingClaim } from '../payments/ports.js'
import { PlannedRow, type RecordStore } from './record-store.js'

/**
 * Records as the embedded store keeps them: JSON text with a version, numbers in decimal, bytes in hex. Readable with
 * any tool on the day somebody needs to look, and exact.
 */
export const VERSION = 1

/** All keys of channel records and no others: '0' follows '/'. */
export const CHANNEL_KEYS = { start: 'channel/', end: 'channel0' }
/** All rows of all tables and no other keys. */
export const ROW_KEYS = { start: 'table/', end: 'table0' }
export const channelKey = (id: ChannelId): string => `${CHANNEL_KEYS.start}${id}`
/** What all keys of claims and no others begin with. */
const CLAIM_KEYS = 'claim/'
export const claimKey = (id: ChannelId, nonce: ChannelNonce): string => `${CLAIM_KEYS}${id}/${nonce}`

/** A channel as plain JSON and back; whoever reads it names what is damaged. */
export const CHANNEL_TEXT = {
  encode: (record: ChannelRecord): object => ({
    id: String(record.id),
    nonce: String(record.nonce),
    sender: record.sender,
    signer: record.signer,
    recipient: record.recipient,
    group: record.groupId,
    value: String(record.value),
    expiration: String(record.expiration),
    authorized: String(record.authorized),
    signature: hex(record.signature),
  }),
  decode: (fields: Fields): ChannelRecord => ({
    id: channelId(fields.number('id')),
    nonce: channelNonce(fields.number('nonce')),
    sender: fields.hex('sender', 20) as Address,
    signer: fields.hex('signer', 20) as Address,
    recipient: fields.hex('recipient', 20) as Address,
    groupId: fields.hex('group', 32) as GroupId,
    value: cogs(fields.number('value')),
    expiration: blockNumber(fields.number('expiration')),
    authorized: cogs(fields.number('authorized')),
    signature: fields.bytes('signature'),
  }),
}

export const encodeChannel = (record: ChannelRecord): string =>
  JSON.stringify({ version: VERSION, ...CHANNEL_TEXT.encode(record) })

export const decodeChannel = (text: string, key: string): ChannelRecord => decode(text, key, CHANNEL_TEXT.decode)

/** The same for a claim. */
export const CLAIM_TEXT = {
  encode: (claim: PendingClaim): object => ({
    channel: String(claim.channel),
    nonce: String(claim.nonce),
    amount: String(claim.amount),
    signature: hex(claim.signature),
    ...(claim.sendback && { sendback: true }),
  }),
  decode: (fields: Fields): PendingClaim => ({
    channel: channelId(fields.number('channel')),
    nonce: channelNonce(fields.number('nonce')),
    amount: cogs(fields.number('amount')),
    signature: fields.bytes('signature'),
    ...(fields.mark('sendback') && { sendback: true }),
  }),
}

export const encodeClaim = (claim: PendingClaim): string =>
  JSON.stringify({ version: VERSION, ...CLAIM_TEXT.encode(claim) })

export const decodeClaim = (text: string, key: string): PendingClaim => decode(text, key, CLAIM_TEXT.decode)

/** How every store of records reads, given where its texts are. */
export const recordsIn = (
  textOf: (key: string) => string | undefined,
  rowsOf: RecordStore['listRows'],
): Pick<RecordStore, 'read' | 'readClaim' | 'list' | 'listClaims'> => ({
  read(id) {
    const version = textOf(channelKey(id))
    return { version, record: version === undefined ? undefined : decodeChannel(version, channelKey(id)) }
  },
  readClaim(id, nonce) {
    const text = textOf(claimKey(id, nonce))
    return text === undefined ? undefined : decodeClaim(text, claimKey(id, nonce))
  },
  list: (onDamage) => decodeEach(rowsOf(CHANNEL_KEYS.start), decodeChannel, onDamage),
  listClaims: (onDamage) => decodeEach(rowsOf(CLAIM_KEYS), decodeClaim, onDamage),
})

/** The records of these texts; one that is damaged ends the list, unless somebody listens for those. */
export function* decodeEach<Value>(
  rows: Iterable<readonly [key: string, text: string]>,
  decodeOne: (text: string, key: string) => Value,
  onDamage: DamageListener | undefined,
): Generator<Value> {
  for (const [key, text] of rows) yield* readable(key, () => decodeOne(text, key), onDamage)
}

/** One record, or none where it is damaged and somebody listens for those. */
export function* readable<Value>(
  key: string,
  read: () => Value,
  onDamage: DamageListener | undefined,
): Generator<Value, void> {
  let value: Value
  try {
    value = read()
  } catch (fault) {
    if (!onDamage) throw fault
    onDamage({ key, fault: toSnetError(fault) })
    return
  }
  yield value
}

/** The keys and texts that a write puts. */
export function entriesOf({ channel, claim }: ChannelWrite): (readonly [key: string, text: string])[] {
  const entries = [[channelKey(channel.id), encodeChannel(channel)] as const]
  return claim ? [...entries, [claimKey(claim.channel, claim.nonce), encodeClaim(claim)]] : entries
}

/** The same for what changes beside the channel, given where the texts are. */
export const besidesOf = (
  { beside }: ChannelWrite,
  textOf: (key: string) => string | undefined,
): (readonly [key: string, text: string])[] => {
  if (!beside) return []
  if (!(beside instanceof PlannedRow)) throw new SnetError('bug', `the change of ${beside.row} is another store’s`)
  return [[beside.row, beside.change(textOf(beside.row))]]
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** The fields of a stored record, each read strictly: what is missing or of another form is damage. */
export interface Fields {
  number(name: string): bigint
  /** A number that may be absent, which means 0. */
  count(name: string): bigint
  /** `0x` and the digits of exactly so many bytes. */
  hex(name: string, byteCount: number): string
  bytes(name: string): Uint8Array
  text(name: string): string
  texts(name: string): readonly string[]
  flag(name: string): boolean
  /** A flag that may be absent, which means false. */
  mark(name: string): boolean
}

/** A record that cannot be read is money that cannot be seen: it stops the call that needs it, and names its key. */
export function decode<T>(text: string, key: string, read: (fields: Fields) => T): T {
  try {
    const raw = JSON.parse(text) as Record<string, unknown>
    if (raw['version'] !== VERSION) throw new Error(`version ${String(raw['version'])} is not ${VERSION}`)
    return read(fieldsOf(raw))
  } catch (cause) {
    throw new SnetError('storage-failed', `the stored record ${key} cannot be read: ${(cause as Error).message}`, {
      hint: 'Stop the daemon and keep a copy of its data_dir before anything else.',
      cause,
    })
  }
}

/** Reads the fields of plain JSON; what is thrown names the field. */
export function fieldsOf(raw: Readonly<Record<string, unknown>>): Fields {
  const requireType = <V>(name: string, isRight: (value: unknown) => value is V): V => {
    const value = raw[name]
    if (!isRight(value)) throw damaged(name)
    return value
  }
  const requireMatch = (name: string, pattern: RegExp): string => {
    const value = requireType(name, isText)
    if (!pattern.test(value)) throw damaged(name)
    return value
  }
  const number = (name: string): bigint => BigInt(requireMatch(name, NUMBER))
  return {
    number,
    count: (name) => (raw[name] === undefined ? 0n : number(name)),
    hex: (name, byteCount) => requireMatch(name, hexOf(byteCount)),
    bytes: (name) => Buffer.from(requireMatch(name, BYTES), 'hex'),
    text: (name) => requireType(name, isText),
    texts: (name) => requireType(name, isTexts),
    flag: (name) => requireType(name, isFlag),
    mark: (name) => raw[name] !== undefined && requireType(name, isFlag),
  }
}

const NUMBER = /^\d{1,78}$/
const BYTES = /^(?:[0-9a-f]{2})*$/
const hexPatterns = new Map<number, RegExp>()

/** Made once: to make one costs as much as to read a record. */
function hexOf(byteCount: number): RegExp {
  const known = hexPatterns.get(byteCount)
  if (known) return known
  const pattern = new RegExp(`^0x[0-9a-fA-F]{${byteCount * 2}}$`)
  hexPatterns.set(byteCount, pattern)
  return pattern
}

const damaged = (field: string): Error => new Error(`field ${field} is damaged`)
const isText = (value: unknown): value is string => typeof value === 'string'
const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText)
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean'
