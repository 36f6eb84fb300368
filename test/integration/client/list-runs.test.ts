import { expect, test } from 'vitest'
import { listRuns } from '../../../src/client/fleet/index.js'
import { runTable } from '../../../src/client/fleet/tables.js'
import type { RunSummaryMessage } from '../../../src/shared/wire/index.js'
import { openControlFleet } from '../../support/control-fleet.js'

const at = (second: number): string => String(second * 1_000_000)
const run = (run_id: string, from: number, to: number, ...tests: string[]): RunSummaryMessage => ({
  ...{ run_id, started_at: at(from), ended_at: at(to) },
  tests: tests.map((name) => ({ group: 'chat', test: name })),
})

test('runs of several hosts are one list, newest first: from the first start to the last end', async () => {
  await using opened = await openControlFleet(
    // A run without tests here is whatever a member of a group has named.
    { ListRuns: () => ({ runs: [run('new', 30, 0, 'a'), run('old', 10, 20, 'a'), run('heard', 40, 50)] }) },
    { ListRuns: () => ({ runs: [run('new', 31, 60, 'a', 'b'), run('old', 9, 21, 'a')] }) },
  )
  const { runs } = await listRuns(opened.fleet, 20)
  const [a, b] = ['a', 'b'].map((name) => ({ group: 'chat', name }))
  expect(runs).toEqual([
    {
      ...{ run: 'new', started: '1970-01-01T00:00:30.000Z', ended: null, running: true },
      ...{ tests: [a, b], peers: ['p1', 'p2'] },
    },
    {
      ...{ run: 'old', started: '1970-01-01T00:00:09.000Z', ended: '1970-01-01T00:00:21.000Z', running: false },
      ...{ tests: [a], peers: ['p1', 'p2'] },
    },
  ])
  expect(runTable(runs)).toMatch(/new .* still runs .*chat \/ a, chat \/ b/)
  expect((await listRuns(opened.fleet, 1)).runs).toHaveLength(1)
})

test('a host that is away is told, and the runs of the others are listed', async () => {
  await using opened = await openControlFleet({ ListRuns: () => ({ runs: [run('r', 1, 2, 'a')] }) }, {})
  await opened.hosts[1]?.[Symbol.asyncDispose]()
  const { runs, outcomes } = await listRuns(opened.fleet, 20)
  expect(runs).toMatchObject([{ run: 'r', peers: ['p1'] }])
  expect(outcomes).toMatchObject([{ ok: true }, { ok: false, error: { kind: 'unavailable' } }])
})
