import { type ClockOffset, type PeerOfRun, reportRun, RunLedgers } from '../../../../src/client/run-report/index.js'
import type {
  AckEntryMessage,
  LedgerPageMessage,
  ReceivedEntryMessage,
  SentEntryMessage,
  TestMessage,
} from '../../../../src/shared/wire/index.js'

/** When every run of these tests starts and ends, by the controller's clock, in µs. */
export const START = 1_000_000_000
export const END = START + 60_000_000
const SURE: ClockOffset = { offsetUs: 0, errorUs: 0 }

const member = (peer: number): Buffer => Buffer.alloc(32, 0x10 + peer)
export const device = (peer: number): Buffer => Buffer.alloc(32, 0x50 + peer)
export const cid = (name: string): Buffer => Buffer.concat([Buffer.from([1, 0x71, 0x12, 0x20]), Buffer.from(name)])

export interface APeer {
  readonly clock?: ClockOffset | undefined
  /** Members with whom its key is shared, by epoch; undefined for whoever sends nothing. */
  readonly epochs?: readonly (readonly number[])[]
  readonly test?: TestMessage
  readonly error?: string
  readonly isOutside?: boolean
  /** Its daemon is of a version that does not tell late from delivered. */
  readonly isOlder?: boolean
  readonly pages?: readonly LedgerPageMessage[]
}

/** The report of a run of one test `t` in one group `g`; peers are called p0, p1, … */
export function reportOn(peers: readonly APeer[], { nowUs = END + 1 }: { nowUs?: number } = {}) {
  const ledgers = new RunLedgers(peers.map(peerOfRun))
  peers.forEach(({ pages = [] }, peer) => pages.forEach((page) => ledgers.addPage(peer, page)))
  return reportRun(ledgers, { runId: 'r', nowUs })
}

function peerOfRun(peer: APeer, at: number): PeerOfRun {
  const { epochs, test, error, isOutside = false, isOlder = false } = peer
  const clock = 'clock' in peer ? peer.clock : SURE
  const named = { name: `p${at}`, address: `10.0.0.${at}:9090`, clock }
  if (error !== undefined) return { ...named, part: undefined, error }
  const keys = { member_pk: member(at), device_pk: device(at) }
  const done: TestMessage = { state: 'DONE', end: 'COMPLETED', started_at: String(START), ended_at: String(END) }
  return {
    ...named,
    part: {
      run_id: 'r',
      ...(!isOlder && { peer: { ledger_version: 1 } }),
      groups: isOutside ? [] : [{ name: 'g', ...keys }],
      tests: epochs
        ? [
            {
              test: { group: 'g', test: 't', plan: { type: 'TEXT', size: '300', seed: '7' }, ...done, ...test },
              ...keys,
              epochs: epochs.map((members, epoch) => ({ epoch: epoch + 1, member_pks: members.map(member) })),
            },
          ]
        : [],
    },
  }
}

/** The message `sequence` of a sender, as its own ledger has it; sent a millisecond after the former. */
export const sent = (sequence: number, entry: SentEntryMessage & { readonly cid?: Buffer } = {}): SentEntryMessage => ({
  group: 'g',
  test: 't',
  sequence: String(sequence),
  sent_at: String(START + sequence * 1_000),
  size: 300,
  outcome: 'SENT',
  epoch: 1,
  ...(entry.outcome === undefined || entry.outcome === 'SENT' ? { cid: cid(`m${sequence}`) } : {}),
  ...entry,
})

/** The same message as a receiver's ledger has it, five milliseconds after it was sent. */
export const received = (sequence: number, from: number, entry: ReceivedEntryMessage = {}): ReceivedEntryMessage => ({
  group: 'g',
  cid: cid(`m${sequence}`),
  device_pk: device(from),
  test: 't',
  sequence: String(sequence),
  received_at: String(START + sequence * 1_000 + 5_000),
  size: 300,
  live: true,
  ...entry,
})

export const ack = (sequence: number, by: number, roundTripUs: number): AckEntryMessage => ({
  group: 'g',
  cid: cid(`m${sequence}`),
  device_pk: device(by),
  received_at: String(START + sequence * 1_000 + roundTripUs),
  round_trip_us: String(roundTripUs),
})
