import type {
  AckEntryMessage,
  LedgerPageMessage,
  ReceivedEntryMessage,
  SentEntryMessage,
} from '../../../../shared/wire/index.js'
import { bytesOf } from '../../contract/keys.js'
import type { AckEntry, ReceivedEntry, SentEntry } from '../../contract/records.js'

export interface LedgerPage {
  readonly sent: readonly SentEntry[]
  readonly received: readonly ReceivedEntry[]
  readonly acks: readonly AckEntry[]
}

export const toLedgerPage = ({ sent, received, acks }: LedgerPage): LedgerPageMessage => ({
  sent: sent.map(toSent),
  received: received.map(toReceived),
  acks: acks.map(toAck),
})

const OUTCOMES = { sent: 'SENT', error: 'ERROR', unknown: 'UNKNOWN' } as const

const toSent = (entry: SentEntry): SentEntryMessage => ({
  group: entry.group,
  test: entry.test,
  sequence: String(entry.sequence),
  ...(entry.cid && { cid: bytesOf(entry.cid) }),
  sent_at: String(entry.sentAt),
  size: entry.size,
  outcome: OUTCOMES[entry.outcome],
  epoch: entry.epoch,
  took_us: String(entry.tookUs),
  ...(entry.reason !== undefined && { reason: entry.reason }),
})

const toReceived = (entry: ReceivedEntry): ReceivedEntryMessage => ({
  group: entry.group,
  cid: bytesOf(entry.cid),
  device_pk: bytesOf(entry.device),
  ...(entry.test !== undefined && { test: entry.test }),
  ...(entry.sequence !== undefined && { sequence: String(entry.sequence) }),
  received_at: String(entry.receivedAt),
  size: entry.size,
  live: entry.isLive,
  out_of_order: entry.isOutOfOrder,
  repeats: entry.repeats,
})

const toAck = (entry: AckEntry): AckEntryMessage => ({
  group: entry.group,
  cid: bytesOf(entry.cid),
  device_pk: bytesOf(entry.device),
  received_at: String(entry.receivedAt),
  round_trip_us: String(entry.roundTripUs ?? -1),
})
