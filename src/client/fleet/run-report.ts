import { messageOf, SnetError } from '../../shared/errors.js'
import { type ClockOffset, reportRun, RunLedgers, type RunReport } from '../run-report/index.js'
import type { Fleet, FleetPeer } from './fleet.js'

const CLOCK_EXCHANGES = 8

/** The controller's clock, in microseconds since 1970; steady within this process. */
export const nowUs = (): number => Math.round((performance.timeOrigin + performance.now()) * 1000)

/**
 * Fetches the parts of a run from every host and judges it. A host that does not answer makes the run `aborted`, not
 * this a failure; it fails when none has it.
 *
 * @param run the newest of the first host that has any, when undefined
 */
export async function fetchReport(fleet: Fleet, run: string | undefined, signal: AbortSignal): Promise<RunReport> {
  const runId = run ?? (await newestRun(fleet))
  const fetched = await fleet.each(async (peer) => ({
    clock: await measureClock(peer),
    part: await peer.call('GetRun', { run_id: runId }, { signal }),
  }))
  const failures = fetched.flatMap((one) => (one.ok ? [] : [one.error]))
  if (failures[0] && failures.length === fetched.length) throw failures[0]
  const ledgers = new RunLedgers(
    fleet.peers.map(({ name, address }, at) => {
      const one = fetched[at] as (typeof fetched)[number]
      return one.ok
        ? { name, address, part: one.result.part, clock: one.result.clock }
        : { name, address, part: undefined, error: messageOf(one.error), clock: undefined }
    }),
  )
  await fleet
    .each(async ({ client }, at) => {
      if (!fetched[at]?.ok) return
      for await (const page of client.stream('ReadLedger', { run_id: runId }, { signal })) ledgers.addPage(at, page)
    })
    .then(requireAll)
  return reportRun(ledgers, { runId, nowUs: nowUs() })
}

async function newestRun(fleet: Fleet): Promise<string> {
  const found = await fleet.each((peer) => peer.call('ListRuns', { limit: 1 }))
  const runs = found.flatMap((one) => (one.ok ? (one.result.runs ?? []) : []))
  const newest = runs.reduce<(typeof runs)[number] | undefined>(
    (latest, one) => (Number(one.started_at ?? 0) > Number(latest?.started_at ?? -1) ? one : latest),
    undefined,
  )
  if (newest?.run_id !== undefined) return newest.run_id
  const failed = found.find((one) => !one.ok)
  if (failed && !failed.ok && runs.length === 0) throw failed.error
  throw new SnetError('not-found', 'no host has a run yet', { hint: '"test start GROUP TEST" makes one.' })
}

/** A half-read ledger would count what it lacks as lost. */
function requireAll(outcomes: readonly ({ ok: true } | { ok: false; peer: string; error: SnetError })[]): void {
  for (const outcome of outcomes) if (!outcome.ok) throw outcome.error
}

/** As NTP does: of several exchanges the quickest, whose round trip bounds the error. */
async function measureClock(peer: FleetPeer): Promise<ClockOffset> {
  let best: ClockOffset | undefined
  for (let i = 0; i < CLOCK_EXCHANGES; i++) {
    const asked = nowUs()
    const { received_at, answered_at } = await peer.call('GetClock', {})
    const told = nowUs()
    const [received, answered] = [Number(received_at ?? 0), Number(answered_at ?? 0)]
    const errorUs = Math.max(0, (told - asked - (answered - received)) / 2)
    if (best && errorUs >= best.errorUs) continue
    best = { offsetUs: (received - asked + (answered - told)) / 2, errorUs }
  }
  return best as ClockOffset
}
