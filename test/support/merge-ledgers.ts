import type { RunPartStatus } from '../../src/daemon/infra/contract/control.js'
import type { PublicKey } from '../../src/daemon/infra/contract/keys.js'
import type { ReceivedEntry, SentEntry } from '../../src/daemon/infra/contract/records.js'

/** One daemon's part of a run, with its whole ledger. */
export interface Part {
  readonly name: string
  readonly part: RunPartStatus
  readonly sent: readonly SentEntry[]
  readonly received: readonly ReceivedEntry[]
}

export interface PairNumbers {
  readonly pair: string
  readonly expected: number
  readonly delivered: number
  readonly duplicated: number
}

/** The numbers of each pair by the definitions of a run, in the plainest way: what a report is compared with. */
export function pairNumbers(parts: readonly Part[]): PairNumbers[] {
  return parts.flatMap((from) =>
    parts.filter((to) => to !== from).map((to) => ({ pair: `${from.name}>${to.name}`, ...between(from, to) })),
  )
}

function between(from: Part, to: Part): Omit<PairNumbers, 'pair'> {
  const sending = from.part.tests[0]
  const reader = to.part.groups[0]?.member
  const receivers = new Map<number, readonly PublicKey[]>(sending?.epochs.map(({ epoch, members }) => [epoch, members]))
  const expected = from.sent.filter(
    ({ outcome, epoch }) => outcome === 'sent' && reader !== undefined && receivers.get(epoch)?.includes(reader),
  )
  const ofSender = to.received.filter(({ device }) => device === sending?.device)
  const cids = new Set(ofSender.map(({ cid }) => cid))
  const numbers = new Set(ofSender.map(({ test, sequence }) => `${test}/${sequence}`))
  return {
    expected: expected.length,
    delivered: expected.filter(({ cid }) => cid !== undefined && cids.has(cid)).length,
    duplicated: ofSender.reduce((sum, { repeats }) => sum + repeats, 0) + ofSender.length - numbers.size,
  }
}
