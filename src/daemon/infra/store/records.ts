import { SnetError } from '../../../shared/errors.js'
import type { ReceivedEntry, SendOutcome, SentEntry, StoredMessage } from '../contract/records.js'
import type { Names } from './names.js'

/** Records of which there are millions: fixed binary fields, then texts. Each starts with the layout's number. */
const LAYOUT = 1
/** Layout of received messages. Layout 1, of earlier versions, has neither the counter nor the text of a run. */
const RECEIVED_LAYOUT = 2

const LIVE = 1
const OUT_OF_ORDER = 2
const HAS_SEQUENCE = 4
const HAS_TEST = 8
const HAS_SENT_DATE = 16
/** The run has no number: its text is in the record, behind a byte of its length. */
const HAS_RUN_TEXT = 32
/**
 * layout, flags, received at, device, run, sequence, size, repeats, sent date, length of the cid, length of the test,
 * counter; then cid, test, run where it is told here, and the body
 */
const RECEIVED_HEAD = 50
/** The length before there was a counter. */
const FIRST_RECEIVED_HEAD = 42
const COUNTER_AT = 42
const REPEATS_AT = 28

type Cid = ReceivedEntry['cid']
type Device = ReceivedEntry['device']

export const hexBytes = (hex: string): Buffer => Buffer.from(hex, 'hex')

export function encodeReceived(
  entry: ReceivedEntry,
  text: { readonly body: string; readonly sentDateMs: number | undefined } | undefined,
  names: { readonly run: number; readonly device: number },
): Buffer {
  const cid = hexBytes(entry.cid)
  const test = Buffer.from(entry.test ?? '').subarray(0, 255)
  const run = names.run === 0 && entry.run !== undefined ? Buffer.from(entry.run).subarray(0, 255) : undefined
  const head = Buffer.alloc(RECEIVED_HEAD)
  head[0] = RECEIVED_LAYOUT
  head[1] =
    (entry.isLive ? LIVE : 0) |
    (entry.isOutOfOrder ? OUT_OF_ORDER : 0) |
    (entry.sequence === undefined ? 0 : HAS_SEQUENCE) |
    (entry.test === undefined ? 0 : HAS_TEST) |
    (text?.sentDateMs === undefined ? 0 : HAS_SENT_DATE) |
    (run === undefined ? 0 : HAS_RUN_TEXT)
  head.writeDoubleBE(entry.receivedAt, 2)
  head.writeUInt32BE(names.device, 10)
  head.writeUInt32BE(names.run, 14)
  head.writeUIntBE(entry.sequence ?? 0, 18, 6)
  head.writeUInt32BE(entry.size, 24)
  head.writeUInt32BE(entry.repeats, REPEATS_AT)
  head.writeDoubleBE(text?.sentDateMs ?? 0, 32)
  head[40] = cid.length
  head[41] = test.length
  head.writeBigUInt64BE(entry.counter ?? 0n, COUNTER_AT)
  const ownRun = run ? [Buffer.of(run.length), run] : []
  return Buffer.concat([head, cid, test, ...ownRun, Buffer.from(text?.body ?? '')])
}

export function decodeReceived(bytes: Buffer, at: { group: string; position: number }, names: Names): StoredMessage {
  const { flags, head, cidEnd, testEnd, textOfRun, bodyAt } = partsOf(bytes)
  const run = textOfRun ?? (runOf(bytes) === 0 ? undefined : names.text(runOf(bytes)))
  return {
    ...at,
    cid: bytes.toString('hex', head, cidEnd) as Cid,
    device: names.text(bytes.readUInt32BE(10)) as Device,
    ...(head < RECEIVED_HEAD ? {} : { counter: bytes.readBigUInt64BE(COUNTER_AT) }),
    ...(run === undefined ? {} : { run }),
    ...((flags & HAS_TEST) === 0 ? {} : { test: bytes.toString('utf8', cidEnd, testEnd) }),
    ...((flags & HAS_SEQUENCE) === 0 ? {} : { sequence: bytes.readUIntBE(18, 6) }),
    receivedAt: bytes.readDoubleBE(2),
    size: bytes.readUInt32BE(24),
    isLive: (flags & LIVE) !== 0,
    isOutOfOrder: (flags & OUT_OF_ORDER) !== 0,
    repeats: bytes.readUInt32BE(REPEATS_AT),
    body: bytes.toString('utf8', bodyAt),
    sentDateMs: (flags & HAS_SENT_DATE) === 0 ? undefined : bytes.readDoubleBE(32),
  }
}

/** Where the parts of a received message lie. */
function partsOf(bytes: Buffer) {
  if (bytes[0] !== LAYOUT) checkLayout(bytes, 'received message', RECEIVED_LAYOUT)
  const head = bytes[0] === LAYOUT ? FIRST_RECEIVED_HEAD : RECEIVED_HEAD
  const flags = bytes[1] ?? 0
  const cidEnd = head + (bytes[40] ?? 0)
  const testEnd = cidEnd + (bytes[41] ?? 0)
  const hasRunText = (flags & HAS_RUN_TEXT) !== 0
  const bodyAt = hasRunText ? testEnd + 1 + (bytes[testEnd] ?? 0) : testEnd
  const textOfRun = hasRunText ? bytes.toString('utf8', testEnd + 1, bodyAt) : undefined
  return { flags, head, cidEnd, testEnd, textOfRun, bodyAt }
}

/** Number of the run that a received message belongs to; 0 for none, or for one without a number. */
export const runOf = (received: Buffer): number => received.readUInt32BE(14)

/** The run that a received message belongs to, where the record itself says it. */
export const runTextOf = (received: Buffer): string | undefined => partsOf(received).textOfRun

export function withRepeat(received: Buffer): Buffer {
  const next = Buffer.from(received)
  next.writeUInt32BE(received.readUInt32BE(REPEATS_AT) + 1, REPEATS_AT)
  return next
}

/** Layout of sent messages. Layout 1 has no reason. */
const SENT_LAYOUT = 2
const MAX_REASON_BYTES = 200
const OUTCOMES: readonly (SendOutcome | undefined)[] = [undefined, 'sent', 'error', 'unknown']
/** layout, outcome, epoch, size, sent at, took */
const SENT_HEAD = 26

export function encodeSent(entry: Omit<SentEntry, 'outcome' | 'tookUs'> & Partial<SentEntry>): Buffer {
  const head = Buffer.alloc(SENT_HEAD)
  head[0] = entry.reason === undefined ? LAYOUT : SENT_LAYOUT
  head[1] = OUTCOMES.indexOf(entry.outcome)
  head.writeUInt32BE(entry.epoch, 2)
  head.writeUInt32BE(entry.size, 6)
  head.writeDoubleBE(entry.sentAt, 10)
  head.writeDoubleBE(entry.tookUs ?? 0, 18)
  if (entry.reason !== undefined) return Buffer.concat([head, Buffer.from(entry.reason).subarray(0, MAX_REASON_BYTES)])
  return entry.cid === undefined ? head : Buffer.concat([head, hexBytes(entry.cid)])
}

/** A send without an outcome reads as `unknown`, which it would be if the daemon ended now. */
export function decodeSent(bytes: Buffer, of: { group: string; test: string; sequence: number }): SentEntry {
  const hasReason = bytes[0] === SENT_LAYOUT
  if (!hasReason) checkLayout(bytes, 'sent message')
  return {
    ...of,
    ...(!hasReason && bytes.length > SENT_HEAD ? { cid: bytes.toString('hex', SENT_HEAD) as Cid } : {}),
    ...(hasReason && { reason: bytes.toString('utf8', SENT_HEAD) }),
    sentAt: bytes.readDoubleBE(10),
    size: bytes.readUInt32BE(6),
    outcome: OUTCOMES[bytes[1] ?? 0] ?? 'unknown',
    epoch: bytes.readUInt32BE(2),
    tookUs: bytes.readDoubleBE(18),
  }
}

function checkLayout(bytes: Buffer, what: string, layout = LAYOUT): void {
  if (bytes[0] === layout) return
  throw new SnetError('storage-failed', `the layout ${bytes[0]} of a ${what} is not ${layout}`, {
    hint: 'It was written by another version of snetd. Use that one, or another data_dir.',
  })
}
