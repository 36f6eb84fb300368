import {
  type ClockOffset,
  type PeerOfRun,
  reportRun,
  RunLedgers,
  type RunReport,
} from '../../../../src/client/run-report/index.js'
import type { LedgerPageMessage, TestMessage } from '../../../../src/shared/wire/index.js'

/** Keys of one byte each: member 1n, device 2n of peer n. */
export const member = (peer: number): Uint8Array => Uint8Array.of(10 + peer)
export const device = (peer: number): Uint8Array => Uint8Array.of(20 + peer)
export const cidOf = (id: string): Uint8Array => Buffer.from(id)

export const START = 1_000_000_000
export const END = 9_000_000_000

export interface WorldPeer {
  /** Members by peer that could read what was sent, by epoch; everybody else by default. */
  readonly epochs?: readonly (readonly number[])[]
  readonly clock?: ClockOffset | undefined
  readonly isSender?: boolean
  readonly test?: Partial<TestMessage>
  readonly isMissing?: boolean
  readonly page?: LedgerPageMessage
}

const NO_OFFSET: ClockOffset = { offsetUs: 0, errorUs: 0 }

/** A run of test "t" in group "g" over peers p0, p1, … */
export function reportOf(world: readonly WorldPeer[], nowUs = END): RunReport {
  const peers = world.map((one, at): PeerOfRun => peerOf(one, at, world.length))
  const ledgers = new RunLedgers(peers)
  world.forEach(({ page }, at) => {
    if (page) ledgers.addPage(at, page)
  })
  return reportRun(ledgers, { runId: 'r1', nowUs })
}

function peerOf(one: WorldPeer, at: number, count: number): PeerOfRun {
  const head = { name: `p${at}`, address: `10.0.0.${at}:9090`, clock: 'clock' in one ? one.clock : NO_OFFSET }
  if (one.isMissing) return { ...head, part: undefined, error: 'nobody is there' }
  const others = Array.from({ length: count }, (_, peer) => peer).filter((peer) => peer !== at)
  const epochs = (one.epochs ?? [others]).map((readers, epoch) => ({ epoch, member_pks: readers.map(member) }))
  const test: TestMessage = {
    group: 'g',
    test: 't',
    state: 'DONE',
    end: 'COMPLETED',
    started_at: String(START),
    ended_at: String(END),
    plan: { type: 'TEXT', size: '300', interval_us: '1000', amount: '3', seed: 's' },
    ...one.test,
  }
  return {
    ...head,
    part: {
      run_id: 'r1',
      peer: { device_pk: device(at), version: 'v2' },
      groups: [{ name: 'g', member_pk: member(at), device_pk: device(at) }],
      tests: one.isSender ? [{ test, member_pk: member(at), device_pk: device(at), epochs }] : [],
    },
  }
}

export const sent = (id: string, sequence: number, changes: object = {}) => ({
  group: 'g',
  test: 't',
  sequence: String(sequence),
  cid: cidOf(id),
  sent_at: String(START + sequence * 1000),
  size: 300,
  outcome: 'SENT' as const,
  epoch: 0,
  ...changes,
})

export const received = (id: string, from: number, sequence: number, changes: object = {}) => ({
  group: 'g',
  cid: cidOf(id),
  device_pk: device(from),
  test: 't',
  sequence: String(sequence),
  received_at: String(START + sequence * 1000 + 5_000),
  size: 300,
  live: true,
  ...changes,
})
