import type { TestMessage } from '../../shared/wire/index.js'
import type { RunLedgers } from './ledgers.js'
import { notesOn } from './notes.js'
import { type SenderTally, tallySenders } from './pairs.js'
import { toControllerClock, endOf, type PeerOfRun, type Sender, type TestOfRun } from './parts.js'
import type { PlannedTest, ReportedPair, ReportedPeer, ReportedTest, RunReport } from './report.js'
import { Tally } from './tally.js'

/**
 * The verdict on a run.
 *
 * @param nowUs the controller's clock, which is where a run that still goes on ends for now
 */
export function reportRun(ledgers: RunLedgers, { runId, nowUs }: { runId: string; nowUs: number }): RunReport {
  const end = endOf(ledgers.peers) ?? nowUs
  const tallies = tallySenders(ledgers, end)
  const tests = ledgers.tests.map((test) => reportTest(test, tallies))
  const pairs = ledgers.senders.flatMap((sender) => reportPairs(ledgers, sender, tallies.get(sender) as SenderTally))
  const stopped = abortReasons(ledgers)
  const failed = tests.flatMap((test, at) => failReasons(test, interruptedIn(ledgers.tests[at], tallies)))
  const plan = ledgers.tests.map(({ senders }) => plannedTest((senders[0] as Sender).message))
  const seeds = new Set(plan.map(({ seed }) => seed))
  const started = ledgers.senders.map(({ message, peer }) => startOf(message, ledgers.peers[peer]))
  return {
    run: {
      id: runId,
      seed: seeds.size === 1 ? ([...seeds][0] as string) : null,
      started: started.length === 0 ? null : timeText(Math.min(...started)),
      ended: isOver(ledgers) ? timeText(end) : null,
      plan,
    },
    complete: isOver(ledgers) && ledgers.peers.every(({ part }) => part !== undefined),
    peers: ledgers.peers.map(reportPeer),
    tests,
    pairs,
    faults: [],
    thresholds: [],
    verdict: verdictOf({ goesOn: ledgers.senders.some(isUnderWay), stopped, failed }),
    reasons: [...stopped, ...failed],
    notes: notesOn(ledgers, tallies),
  }
}

const isUnderWay = ({ message }: Sender): boolean => message.state !== 'DONE'

const verdictOf = (found: { goesOn: boolean; stopped: readonly string[]; failed: readonly string[] }) =>
  found.goesOn ? 'running' : found.stopped.length > 0 ? 'aborted' : found.failed.length > 0 ? 'failed' : 'passed'

const isOver = ({ senders }: RunLedgers): boolean => senders.length > 0 && !senders.some(isUnderWay)

const startOf = ({ started_at }: TestMessage, peer: PeerOfRun | undefined): number =>
  toControllerClock(Number(started_at ?? 0), peer?.clock)

const timeText = (us: number): string => new Date(us / 1000).toISOString()

function reportTest({ group, test, senders }: TestOfRun, tallies: ReadonlyMap<Sender, SenderTally>): ReportedTest {
  const total = new Tally()
  for (const sender of senders) {
    const { sends, pairs } = tallies.get(sender) as SenderTally
    total.addSends(sends)
    for (const pair of pairs) if (pair) total.addPair(pair)
  }
  return {
    group,
    name: test,
    type: typeOf(senders[0]?.message ?? {}),
    sent_as_text: senders.some(({ message }) => message.sent_as_text === true),
    ...total.counts(),
  }
}

function reportPairs(ledgers: RunLedgers, sender: Sender, { sends, pairs }: SenderTally): ReportedPair[] {
  return pairs.flatMap((pair, peer) => {
    if (!pair) return []
    pair.addSends(sends)
    const [from, to] = [ledgers.peers[sender.peer], ledgers.peers[peer]] as [PeerOfRun, PeerOfRun]
    return [{ group: sender.group, name: sender.test, from: from.name, to: to.name, ...pair.counts() }]
  })
}

const reportPeer = ({ name, address, part, error, clock }: PeerOfRun): ReportedPeer => ({
  name,
  address,
  device_pk: part?.peer?.device_pk === undefined ? null : Buffer.from(part.peer.device_pk).toString('hex'),
  berty_version: part?.peer?.version ?? null,
  era: part?.peer?.era ?? null,
  daemon_version: part?.peer?.daemon_version ?? null,
  clock_offset_ms: clock === undefined ? null : clock.offsetUs / 1000,
  clock_error_ms: clock === undefined ? null : clock.errorUs / 1000,
  error: error ?? null,
})

const typeOf = ({ plan }: TestMessage): 'text' | 'media' => (plan?.type === 'MEDIA' ? 'media' : 'text')

const plannedTest = (message: TestMessage): PlannedTest => ({
  group: message.group ?? '',
  name: message.test ?? '',
  type: typeOf(message),
  size: Number(message.plan?.size ?? 0),
  interval_ms: Number(message.plan?.interval_us ?? 0) / 1000,
  amount: Number(message.plan?.amount ?? 0),
  rate: message.plan?.rate === undefined || message.plan.rate === 0 ? null : message.plan.rate,
  seed: message.plan?.seed ?? '',
})

function abortReasons({ peers, senders }: RunLedgers): string[] {
  const missing = peers.flatMap(({ name, part, error }) =>
    part ? [] : [`the part of ${name} could not be had: ${error ?? 'no answer'}`],
  )
  const unfinished = senders.flatMap((sender) => {
    const { message, peer, group, test } = sender
    const what = `${test} in ${group} at ${peers[peer]?.name}`
    if (isUnderWay(sender))
      return [`${what} ${message.state === 'WAITING' ? `waits${because(message)}` : 'still runs'}`]
    if (message.end === 'COMPLETED') return []
    return [`${what} was ${message.end === 'STOPPED' ? 'stopped' : 'given up'}${because(message)}`]
  })
  // If none of the hosts asked has sent anything, "nothing lost" would be no success.
  if (senders.length === 0) return [...missing, 'none of these hosts sends in this run']
  return [...missing, ...unfinished]
}

const because = ({ reason }: TestMessage): string => (reason === undefined || reason === '' ? '' : `: ${reason}`)

const interruptedIn = (test: TestOfRun | undefined, tallies: ReadonlyMap<Sender, SenderTally>): number =>
  (test?.senders ?? []).reduce((sum, sender) => sum + (tallies.get(sender)?.sends.interrupted ?? 0), 0)

/** Sends that the end of a daemon interrupted do not count as failures: they never went out, so nothing is missing. */
function failReasons({ group, name, expected, lost, send_errors }: ReportedTest, interrupted: number): string[] {
  const errors = send_errors - interrupted
  return [
    ...(lost > 0 ? [`${name} in ${group}: ${lost} of ${expected} expected deliveries are missing`] : []),
    ...(errors > 0 ? [`${name} in ${group}: ${errors} sends failed`] : []),
  ]
}
