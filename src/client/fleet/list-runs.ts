import type { RunSummaryMessage } from '../../shared/wire/index.js'
import type { Fleet, PeerOutcome } from './fleet.js'
import { time } from './views.js'

/** A run as all hosts together know it. */
export interface RunView {
  readonly run: string
  readonly started: string | null
  /** Null while any host still sends or waits. */
  readonly ended: string | null
  readonly running: boolean
  readonly tests: readonly { readonly group: string; readonly name: string }[]
  /** Names of the hosts that send in it. */
  readonly peers: readonly string[]
}

/** Runs in which any of the hosts sends, newest first, and what came of each host. */
export async function listRuns(
  fleet: Fleet,
  limit: number,
): Promise<{ runs: RunView[]; outcomes: PeerOutcome<RunSummaryMessage[]>[] }> {
  const outcomes = await fleet.each(async (peer) => {
    const { runs = [] } = await peer.call('ListRuns', { limit, with_tests: true })
    // Older daemons list every run that a received message names, and any member of a group can name one.
    return runs.filter(({ tests = [] }) => tests.length > 0)
  })
  const parts = new Map<string, { peer: string; part: RunSummaryMessage }[]>()
  for (const one of outcomes)
    for (const part of one.ok ? one.result : []) {
      const run = part.run_id ?? ''
      parts.set(run, [...(parts.get(run) ?? []), { peer: one.peer, part }])
    }
  const runs = [...parts].map(([run, of]) => mergeParts(run, of))
  runs.sort((a, b) => (b.started ?? '').localeCompare(a.started ?? ''))
  return { runs: runs.slice(0, limit), outcomes }
}

function mergeParts(run: string, parts: readonly { peer: string; part: RunSummaryMessage }[]): RunView {
  const starts = parts.map(({ part }) => Number(part.started_at ?? 0))
  const ends = parts.map(({ part }) => Number(part.ended_at ?? 0))
  const tests = parts.flatMap(({ part }) => (part.tests ?? []).map(({ group = '', test = '' }) => [group, test]))
  const running = ends.includes(0)
  return {
    run,
    started: time(String(Math.min(...starts))),
    ended: running ? null : time(String(Math.max(...ends))),
    running,
    tests: [
      ...new Map(tests.map(([group = '', name = '']) => [JSON.stringify([group, name]), { group, name }])).values(),
    ],
    peers: parts.map(({ peer }) => peer),
  }
}
