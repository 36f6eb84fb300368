import { systemClock } from '../../shared/clock.js'
import { messageOf, SnetError, toSnetError } from '../../shared/errors.js'
import type { RunPartMessage } from '../../shared/wire/index.js'
import { type PeerOfRun, reportRun, RunLedgers, type RunReport } from '../run-report/index.js'
import { mayBeShort, resolveShort } from '../short-ids.js'
import { measureClock, withKeptClocks } from './clocks.js'
import type { Fleet, FleetPeer } from './fleet.js'

/**
 * Fetches the parts of a run from every host and judges it. A host that does not answer makes the run `aborted`, not
 * this a failure; it fails when none has it.
 *
 * @param run undefined for the newest of which any host has tests
 */
export async function fetchReport(fleet: Fleet, run: string | undefined, signal: AbortSignal): Promise<RunReport> {
  const runId = run === undefined ? await newestRun(fleet, signal) : await wholeRunId(fleet, run, signal)
  const parts = await withKeptClocks(fleet, await fetchParts(fleet, runId, signal), { runId, signal })
  return reportRun(await readLedgers(fleet, parts, { runId, signal }), { runId, nowUs: systemClock.nowUs() })
}

async function fetchParts(fleet: Fleet, runId: string, signal: AbortSignal): Promise<PeerOfRun[]> {
  const known = await fleet.each((peer) => peer.call('GetRun', { run_id: runId }, { signal }))
  const failures = known.flatMap((one) => (one.ok ? [] : [one.error]))
  if (failures[0] && failures.length === known.length) throw failures[0]
  const tests = known.flatMap((one) => (one.ok ? (one.result.tests ?? []) : []))
  const groups = new Set(tests.map(({ test }) => test?.group ?? ''))
  const parts = await fleet.each(async (peer, at) => {
    const own = known[at] as (typeof known)[number]
    if (!own.ok && own.error.kind !== 'not-found') throw own.error
    const part = own.ok ? own.result : await bystander(peer, groups, signal)
    return { part, clock: await measureClock(peer, signal) }
  })
  return fleet.peers.map(({ name, address }, at) => {
    const one = parts[at] as (typeof parts)[number]
    return one.ok ? { name, address, ...one.result } : withoutPart({ name, address }, messageOf(one.error))
  })
}

const withoutPart = ({ name, address }: { name: string; address: string }, error: string): PeerOfRun => ({
  ...{ name, address, error },
  part: undefined,
  clock: undefined,
})

/**
 * The part of a member that knows nothing of the run, or got only messages too short to name it: messages that were lost
 * on the way to it were expected there all the same.
 */
async function bystander(peer: FleetPeer, groups: ReadonlySet<string>, signal: AbortSignal): Promise<RunPartMessage> {
  const state = await peer.call('GetPeer', {}, { signal })
  const list = await peer.call('ListGroups', {}, { signal })
  return { peer: state, groups: (list.groups ?? []).filter(({ name = '' }) => groups.has(name)) }
}

/** A host whose ledger breaks off counts as one without a part: what half a ledger lacks would be counted as lost. */
async function readLedgers(
  fleet: Fleet,
  peers: readonly PeerOfRun[],
  { runId, signal }: { runId: string; signal: AbortSignal },
): Promise<RunLedgers> {
  const ledgers = new RunLedgers(peers)
  const read = await fleet.each(async ({ client }, at) => {
    if (!peers[at]?.part) return
    try {
      for await (const page of client.stream('ReadLedger', { run_id: runId }, { signal })) ledgers.addPage(at, page)
    } catch (fault) {
      // The host has received nothing of the run, so its ledger is empty.
      if (toSnetError(fault).kind !== 'not-found') throw fault
    }
  })
  if (signal.aborted) throw new SnetError('cancelled', 'the report was cancelled')
  if (read.every(({ ok }) => ok)) return ledgers
  const whole = peers.map((peer, at) => {
    const one = read[at] as (typeof read)[number]
    return one.ok ? peer : withoutPart(peer, `its ledger broke off: ${messageOf(one.error)}`)
  })
  return await readLedgers(fleet, whole, { runId, signal })
}

/** Tables show run ids short, so users may type them short. */
async function wholeRunId(fleet: Fleet, written: string, signal: AbortSignal): Promise<string> {
  if (!mayBeShort(written)) return written
  const found = await fleet.each((peer) => peer.call('ListRuns', {}, { signal }))
  const known = found.flatMap((one) => (one.ok ? (one.result.runs ?? []) : [])).map(({ run_id = '' }) => run_id)
  return resolveShort('run', written, known)
}

async function newestRun(fleet: Fleet, signal: AbortSignal): Promise<string> {
  const found = await fleet.each((peer) => peer.call('ListRuns', { limit: 1, with_tests: true }, { signal }))
  // Older daemons list every run that a received message names, and any member of a group can name one.
  const runs = found
    .flatMap((one) => (one.ok ? (one.result.runs ?? []) : []))
    .filter(({ tests = [] }) => tests.length > 0)
  const newest = runs.reduce<(typeof runs)[number] | undefined>(
    (latest, one) => (Number(one.started_at ?? 0) > Number(latest?.started_at ?? -1) ? one : latest),
    undefined,
  )
  if (newest?.run_id !== undefined) return newest.run_id
  const failed = found.find((one) => !one.ok)
  if (failed && !failed.ok && runs.length === 0) throw failed.error
  throw new SnetError('not-found', 'no host has a run yet', { hint: '"test start GROUP TEST" makes one.' })
}
