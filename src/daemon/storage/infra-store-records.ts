import { SnetError } from '../../shared/errors.js'
import type { ReceivedEntry, SendOutcome, SentEntry, StoredMessage } from '../infra/ports.js'
import type { Names } from './infra-store-names.js'

/** Records of which there are millions: fixed binary fields, then texts. Each starts with the layout's number. */
const LAYOUT = 1

const LIVE = 1
const OUT_OF_ORDER = 2
const HAS_SEQUENCE = 4
const HAS_TEST = 8
const HAS_SENT_DATE = 16
/** layout, flags, received at, device, run, sequence, size, repeats, sent date, length of the cid, length of the test */
const RECEIVED_HEAD = 42
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
  const head = Buffer.alloc(RECEIVED_HEAD)
  head[0] = LAYOUT
  head[1] =
    (entry.isLive ? LIVE : 0) |
    (entry.isOutOfOrder ? OUT_OF_ORDER : 0) |
    (entry.sequence === undefined ? 0 : HAS_SEQUENCE) |
    (entry.test === undefined ? 0 : HAS_TEST) |
    (text?.sentDateMs === undefined ? 0 : HAS_SENT_DATE)
  head.writeDoubleBE(entry.receivedAt, 2)
  head.writeUInt32BE(names.device, 10)
  head.writeUInt32BE(names.run, 14)
  head.writeUIntBE(entry.sequence ?? 0, 18, 6)
  head.writeUInt32BE(entry.size, 24)
  head.writeUInt32BE(entry.repeats, REPEATS_AT)
  head.writeDoubleBE(text?.sentDateMs ?? 0, 32)
  head[40] = cid.length
  head[41] = test.length
  return Buffer.concat([head, cid, test, Buffer.from(text?.body ?? '')])
}

export function decodeReceived(bytes: Buffer, at: { group: string; position: number }, names: Names): StoredMessage {
  checkLayout(bytes, 'received message')
  const flags = bytes[1] ?? 0
  const cidEnd = RECEIVED_HEAD + (bytes[40] ?? 0)
  const testEnd = cidEnd + (bytes[41] ?? 0)
  const run = runOf(bytes)
  return {
    ...at,
    cid: bytes.toString('hex', RECEIVED_HEAD, cidEnd) as Cid,
    device: names.text(bytes.readUInt32BE(10)) as Device,
    ...(run === 0 ? {} : { run: names.text(run) }),
    ...((flags & HAS_TEST) === 0 ? {} : { test: bytes.toString('utf8', cidEnd, testEnd) }),
    ...((flags & HAS_SEQUENCE) === 0 ? {} : { sequence: bytes.readUIntBE(18, 6) }),
    receivedAt: bytes.readDoubleBE(2),
    size: bytes.readUInt32BE(24),
    isLive: (flags & LIVE) !== 0,
    isOutOfOrder: (flags & OUT_OF_ORDER) !== 0,
    repeats: bytes.readUInt32BE(REPEATS_AT),
    body: bytes.toString('utf8', testEnd),
    sentDateMs: (flags & HAS_SENT_DATE) === 0 ? undefined : bytes.readDoubleBE(32),
  }
}

/** Number of the run that a received message belongs to; 0 for none. */
export const runOf = (received: Buffer): number => received.readUInt32BE(14)

export function withRepeat(received: Buffer): Buffer {
  const next = Buffer.from(received)
  next.writeUInt32BE(received.readUInt32BE(REPEATS_AT) + 1, REPEATS_AT)
  return next
}

const OUTCOMES: readonly (SendOutcome | undefined)[] = [undefined, 'sent', 'error', 'unknown']
/** layout, outcome, epoch, size, sent at, took */
const SENT_HEAD = 26

export function encodeSent(entry: Omit<SentEntry, 'outcome' | 'tookUs'> & Partial<SentEntry>): Buffer {
  const head = Buffer.alloc(SENT_HEAD)
  head[0] = LAYOUT
  head[1] = OUTCOMES.indexOf(entry.outcome)
  head.writeUInt32BE(entry.epoch, 2)
  head.writeUInt32BE(entry.size, 6)
  head.writeDoubleBE(entry.sentAt, 10)
  head.writeDoubleBE(entry.tookUs ?? 0, 18)
  return entry.cid === undefined ? head : Buffer.concat([head, hexBytes(entry.cid)])
}

/** What has no outcome yet reads as `unknown`, which is what it would be if the daemon ended now. */
export function decodeSent(bytes: Buffer, of: { group: string; test: string; sequence: number }): SentEntry {
  checkLayout(bytes, 'sent message')
  return {
    ...of,
    ...(bytes.length > SENT_HEAD ? { cid: bytes.toString('hex', SENT_HEAD) as Cid } : {}),
    sentAt: bytes.readDoubleBE(10),
    size: bytes.readUInt32BE(6),
    outcome: OUTCOMES[bytes[1] ?? 0] ?? 'unknown',
    epoch: bytes.readUInt32BE(2),
    tookUs: bytes.readDoubleBE(18),
  }
}

function checkLayout(bytes: Buffer, what: string): void {
  if (bytes[0] === LAYOUT) return
  throw new SnetError('storage-failed', `the layout ${bytes[0]} of a ${what} is not ${LAYOUT}`, {
    hint: 'It was written by another version of snetd. Use that one, or another data_dir.',
  })
}
