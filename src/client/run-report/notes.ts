import { OUTCOME, type RunLedgers } from './ledgers.js'
import { type PeerOfRun, type Sender, tellsLate } from './parts.js'
import type { SenderTally } from './pairs.js'

/** What the reader of a report should know beside its numbers, a sentence each. */
export function notesOn(ledgers: RunLedgers, tallies: ReadonlyMap<Sender, SenderTally>): string[] {
  return [
    ...ledgers.peers.flatMap(noteOnVersion),
    ...ledgers.senders.flatMap((sender) => [
      ...noteOnAmount(ledgers, sender, tallies.get(sender)),
      ...noteOnWaits(ledgers, sender),
    ]),
  ]
}

const noteOnVersion = (peer: PeerOfRun): string[] =>
  peer.part === undefined || tellsLate(peer)
    ? []
    : [
        `the control daemon of ${peer.name} is of an older version and does not tell late from delivered: late is unknown there`,
      ]

function noteOnAmount(ledgers: RunLedgers, sender: Sender, tally: SenderTally | undefined): string[] {
  const amount = Number(sender.message.plan?.amount ?? 0)
  const { sent = 0, sentUnknown = 0 } = tally?.sends ?? {}
  if (sender.message.state !== 'DONE' || sent >= amount) return []
  const reasons = new Map<string, number>()
  for (let row = 0; row < ledgers.sent.length; row++) {
    if (ledgers.senderOf(row) !== sender || ledgers.sent.get('outcome', row) !== OUTCOME.error) continue
    const reason = ledgers.reasonOf(row) ?? 'failed'
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  }
  const parts = [...reasons].map(([reason, count]) => `${count} ${reason}`)
  if (sentUnknown > 0) parts.push(`${sentUnknown} unknown`)
  return [`${nameOf(ledgers, sender)} sent ${sent} of ${amount}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}`]
}

function noteOnWaits(ledgers: RunLedgers, sender: Sender): string[] {
  const waits = sender.message.waits ?? []
  const last = waits.at(-1)
  if (!last) return []
  const isOver = last.until !== undefined && last.until !== '0'
  const endsOf = (until: string | undefined): number => (until === undefined || until === '0' ? 0 : Number(until))
  const us = waits.reduce((sum, { since, until }) => sum + Math.max(0, endsOf(until) - Number(since ?? 0)), 0)
  const times = waits.length === 1 ? 'once' : `${waits.length} times`
  const what = `${nameOf(ledgers, sender)} could not send ${times}`
  return isOver
    ? [`${what}, ${(us / 1_000_000).toFixed(1)} s in all; last: ${last.reason ?? ''}`]
    : [`${what}, and waits since ${new Date(Number(last.since ?? 0) / 1_000).toISOString()}: ${last.reason ?? ''}`]
}

const nameOf = ({ peers }: RunLedgers, { test, group, peer }: Sender): string =>
  `${test} in ${group} at ${peers[peer]?.name}`
