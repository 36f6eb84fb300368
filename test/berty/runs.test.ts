import { afterAll, beforeAll, expect, test } from 'vitest'
import { fetchReport, type RunReport, startRun } from '../../src/client/fleet/index.js'
import { renderTable } from '../../src/client/render/table.js'
import type { TestPlanMessage } from '../../src/shared/wire/index.js'
import { tempDir } from '../support/temp-dir.js'
import { takeTime } from '../support/take-time.js'
import { until } from '../support/until.js'
import { type Bertys, canControl, openBertys } from './bertys.js'
import { type Hosts, openHosts } from './hosts.js'
import { compare, type Compared, readLists } from './lists.js'

/** Runs beside the Bertys that are there, at their own time; each ledger is held against the lists of all. */
const MINUTES = 60_000
const timeout = 10 * MINUTES
const signal = new AbortController().signal

let bertys: Bertys
let hosts: Hosts
let removeDirectory: () => Promise<void>
const rows: string[][] = []

beforeAll(async () => {
  bertys = await openBertys({ least: 2, most: 4 })
  const temp = await tempDir()
  removeDirectory = temp.remove
  hosts = await openHosts(bertys, temp.path)
}, 5 * MINUTES)

afterAll(async () => {
  const headings = ['run', 'pair', 'sent', 'listed', 'arrived', 'listed there', 'late', 'lost', 'errors', 'unknown']
  process.stdout.write(`\nLedger against list:\n${renderTable(headings, rows, { width: Infinity })}\n\n`)
  await hosts[Symbol.asyncDispose]()
  await bertys[Symbol.asyncDispose]()
  await removeDirectory()
}, 5 * MINUTES)

const scaledUs = (ms: number): string => String(Math.round(ms * 1_000 * bertys.scale))
const closedPlan = (amount: number): TestPlanMessage => ({ interval_us: scaledUs(250), amount: String(amount) })
const openPlan = (amount: number): TestPlanMessage => ({ rate: 5 / bertys.scale, amount: String(amount) })

const testAt = async (at: number, name: string) => {
  const request = { group: hosts.group, test: name }
  return (await hosts.fleet.peers[at]?.call('ListTests', request))?.tests?.[0]
}
const untilSent = (name: string, least: number): Promise<void> =>
  until(`peer2 has sent ${least}`, async () => Number((await testAt(1, name))?.sent ?? 0) >= least, {
    everyMs: 20,
    limitMs: timeout,
  })
const untilState = async (name: string, state: string, which: readonly number[]): Promise<void> =>
  until(
    `the test ${name} is ${state}`,
    async () => (await Promise.all(which.map((at) => testAt(at, name)))).every((one) => one?.state === state),
    { everyMs: 100, limitMs: timeout },
  )
const all = (): number[] => [...bertys.endpoints.keys()]

/** Starts a run on all hosts, lets something happen to it, and returns when it is over and its ledger was compared. */
async function runAll(name: string, plan: TestPlanMessage, during: () => Promise<void>): Promise<RunReport> {
  const { fleet, group } = hosts
  const whole = { type: 'TEXT', size: '300', seed: name, drain_us: scaledUs(30_000), ...plan } as const
  await fleet.each((peer) => peer.call('NewTest', { group, test: name, plan: whole }))
  const started = await startRun(fleet, { group, test: name, run: undefined, waitReady: '120s' })
  for (const one of started) if (!one.ok) throw one.error
  await during()
  await untilState(name, 'DONE', all())
  const run = (await testAt(0, name))?.run_id ?? ''
  let compared: Compared[] = []
  let report = await fetchReport(fleet, run, signal)
  const first = report
  // A list may have got something since the ledger was read, and the other way round; what was in doubt when a test was
  // stopped is found out when its Berty has been back for the time of the drain.
  await until(
    'the ledgers are what the lists say, and nothing is in doubt',
    async () => {
      report = await fetchReport(fleet, run, signal)
      compared = compare(report, await readLists(fleet, { group, run }))
      const isSettled = report.tests.every(({ sent_unknown }) => sent_unknown === 0)
      return isSettled && compared.every(({ ledger, list }) => ledger.join() === list.join())
    },
    { everyMs: 1_000, limitMs: 3 * MINUTES },
  ).catch(() => undefined)
  for (const { pair, ledger, list, ...rest } of compared) {
    const counts = [ledger[0], list[0], ledger[1], list[1], rest.late, rest.lost, rest.errors, rest.unknown]
    rows.push([name, pair, ...counts.map(String)])
  }
  expect(compared.map(({ pair, ledger }) => [pair, ...ledger])).toEqual(
    compared.map(({ pair, list }) => [pair, ...list]),
  )
  expect(report.tests).toMatchObject([{ lost: 0, sent_unknown: 0 }])
  return first
}

const nothing = (): Promise<void> => Promise.resolve()
const amountOf = ({ pairs }: RunReport, from: string): number => {
  const pair = pairs.find((each) => each.from === from)
  return (pair?.sent ?? 0) + (pair?.send_errors ?? 0)
}

test('the first test of the guide passes at its first fetch, with nothing late', { timeout }, async () => {
  const report = await runAll('guide', closedPlan(100), nothing)
  expect(report).toMatchObject({ verdict: 'passed', tests: [{ lost: 0, late: 0 }] })
})

test.each([
  ['closed', closedPlan],
  ['open', openPlan],
] as const)('kill -9 of a daemon leaves nothing in doubt, in the %s model', { timeout }, async (model, planOf) => {
  const report = await runAll(`kill ${model}`, planOf(60), async () => {
    await untilSent(`kill ${model}`, 10)
    await hosts.killAndRestart(0)
  })
  expect(amountOf(report, 'peer1')).toBe(60)
})

test.skipIf(!canControl)('a Berty that is stopped for twenty seconds loses nothing', { timeout }, async () => {
  await runAll('frozen', closedPlan(40), async () => {
    await untilSent('frozen', 10)
    await bertys.control?.('freeze', 1)
    await takeTime(20_000 * bertys.scale)
    await bertys.control?.('thaw', 1)
  })
})

test.skipIf(!canControl)('a Berty that restarts is waited for, and nothing fails', { timeout }, async () => {
  const report = await runAll('restart', closedPlan(40), async () => {
    await untilSent('restart', 10)
    await bertys.control?.('stop', 1)
    await untilState('restart', 'WAITING', [1])
    await bertys.control?.('start', 1)
  })
  expect(amountOf(report, 'peer2')).toBe(40)
})

test.skipIf(!canControl)('a Berty that is gone is waited for until the test is stopped', { timeout }, async () => {
  await runAll('gone', closedPlan(20), async () => {
    await untilSent('gone', 5)
    await bertys.control?.('stop', 1)
    await untilState(
      'gone',
      'DONE',
      all().filter((at) => at !== 1),
    )
    await untilState('gone', 'WAITING', [1])
    // It comes back only so that its list can be read.
    await bertys.control?.('start', 1)
    await until('it is there', async () => (await hosts.fleet.peers[1]?.call('GetPeer', {}))?.state === 'CONNECTED')
    await hosts.fleet.peers[1]?.call('StopTest', { group: hosts.group, test: 'gone' })
  })
})
