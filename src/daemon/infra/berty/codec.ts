import { type Cid, cid, type PublicKey } from '../keys.js'
import { cidOfText, keyOf } from './cids.js'
import { bytesField, protoFields } from './proto-fields.js'

/**
 * Messages inside events. Whoever sent one could put in what he liked, so each is read for itself and a bad one is
 * undefined, never an error of the stream.
 */
export const USER_MESSAGE = 1
export const ACKNOWLEDGE = 6
const DEVICE_ADDED = 1
const CHAIN_KEY_ADDED = 2

export interface AppContent {
  readonly type: number
  readonly payload: Buffer
  readonly sentDateMs: number | undefined
  readonly mediaCids: readonly string[]
  readonly target: Cid | undefined
}

/** event_context.id (1.1), which both kinds of events have; the rest of the event is not looked at. */
export function readEventId(event: Buffer): Cid | undefined {
  return orUndefined(() => {
    const context = bytesField(event, 1)
    const id = context && bytesField(context, 1)
    return id && id.length > 0 ? cid(id) : undefined
  })
}

/** headers (2): counter (1) and device_pk (2); message (3) as it is. */
export function readMessageEvent(
  event: Buffer,
): { device: PublicKey; counter: bigint; message: Buffer | undefined } | undefined {
  return orUndefined(() => {
    const headers = fieldsOf(bytesField(event, 2) ?? EMPTY)
    const device = keyOf(headers.get(2)?.bytes)
    return device && { device, counter: headers.get(1)?.value ?? 0n, message: bytesField(event, 3) }
  })
}

/** AppMessage: type (1), payload (2), sent_date (3), medias (4: cid 1), target_cid (5). */
export function readAppMessage(message: Buffer): AppContent | undefined {
  return orUndefined(() => {
    const fields = fieldsOf(message)
    const sentDate = fields.get(3)?.value
    return {
      type: Number(fields.get(1)?.value ?? 0n),
      payload: fields.get(2)?.bytes ?? EMPTY,
      sentDateMs: sentDate === undefined ? undefined : Number(BigInt.asIntN(64, sentDate)),
      mediaCids: [...protoFields(message)]
        .filter(({ number }) => number === 4)
        .map(({ bytes }) => bytesField(bytes, 1)?.toString('utf8') ?? ''),
      target: cidOfText(fields.get(5)?.bytes.toString('utf8') ?? ''),
    }
  })
}

/** UserMessage: body (1). */
export const readUserMessage = (payload: Buffer): string | undefined =>
  orUndefined(() => bytesField(payload, 1)?.toString('utf8') ?? '')

/** GroupMetadataEvent: metadata (2: event_type 1) and event (3), whose two keys are 1 and 2 in both types. */
export function readMemberEvent(
  event: Buffer,
): { type: 'device-added' | 'key-shared'; first: PublicKey; second: PublicKey } | undefined {
  return orUndefined(() => {
    const type = Number(fieldsOf(bytesField(event, 2) ?? EMPTY).get(1)?.value ?? 0n)
    if (type !== DEVICE_ADDED && type !== CHAIN_KEY_ADDED) return undefined
    const keys = fieldsOf(bytesField(event, 3) ?? EMPTY)
    const first = keyOf(keys.get(1)?.bytes)
    const second = keyOf(keys.get(2)?.bytes)
    return first && second && { type: type === DEVICE_ADDED ? 'device-added' : 'key-shared', first, second }
  })
}

const EMPTY = Buffer.alloc(0)

/** The last of each number counts, as protobuf has it. */
const fieldsOf = (message: Buffer): Map<number, { value: bigint | undefined; bytes: Buffer }> =>
  new Map([...protoFields(message)].map(({ number, value, bytes }) => [number, { value, bytes }]))

function orUndefined<T>(read: () => T | undefined): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

/** UserMessage: body (1). */
export function encodeUserMessage(body: string): Buffer {
  const text = Buffer.from(body, 'utf8')
  return text.length === 0 ? EMPTY : Buffer.concat([Buffer.from([0x0a]), varintBytes(text.length), text])
}

function varintBytes(value: number): Buffer {
  const bytes: number[] = []
  let left = value
  for (; left >= 0x80; left = Math.floor(left / 0x80)) bytes.push((left % 0x80) + 0x80)
  return Buffer.from([...bytes, left])
}
