import { beforeEach, describe, expect, test } from 'vitest'
import { fetchReport, type FleetPeer, type RunReport } from '../../../../src/client/fleet/index.js'
import {
  type LoadedBertys,
  openLoadedBertys,
  scaledUs,
  startOnAll,
  testOf,
  untilSent,
  untilSettled,
  untilState,
} from '../../../support/loaded-bertys.js'
import { headerOf, liveIds, reportedPairs, truePairs } from '../../../support/run-truth.js'
import { tempDir } from '../../../support/temp-dir.js'
import { until } from '../../../support/until.js'

let path: string
beforeEach(async () => {
  const temp = await tempDir()
  path = temp.path
  return temp.remove
})

const RUN = 'r'
const signal = new AbortController().signal
type Three = [FleetPeer, FleetPeer, FleetPeer]

/** The plan of the guide's first test, in the time of the suites. */
const plan = ({ net }: LoadedBertys, amount: number) => ({
  ...{ interval_us: scaledUs(net, 250), amount: String(amount) },
  ...{ drain_us: scaledUs(net, 30_000), drain_max_us: scaledUs(net, 300_000) },
})

/** The report of a run that is over, which has to be what the network knows, in every column. */
async function trueReport({ net, fleet }: LoadedBertys): Promise<RunReport> {
  await untilSettled(net)
  const report = await fetchReport(fleet, RUN, signal)
  expect(report.complete).toBe(true)
  expect(reportedPairs(report)).toEqual(truePairs(net, report, await liveIds(fleet.peers, RUN)))
  return report
}

test(
  'a Berty that restarts in mid-run: its test waits, goes on, and the ledger is right',
  { timeout: 90_000 },
  async () => {
    await using world = await openLoadedBertys(path, ['E', 'E', 'E'])
    const [one, two] = world.fleet.peers as Three
    await startOnAll(world.fleet, RUN, plan(world, 40))
    await untilSent(two, 8)
    await world.net.peers[1]?.stop()
    await untilState([two], 'WAITING')
    expect((await testOf(two))?.reason).toMatch(/^Berty is away: /)
    await untilSent(one, 20)
    await world.net.peers[1]?.restart()
    await untilState(world.fleet.peers, 'DONE')
    const report = await trueReport(world)
    const of = (name: string) => report.pairs.find(({ from }) => from === name)
    expect(of('peer1')).toMatchObject({ sent: 40, send_errors: 0 })
    // What was under way when it ended is the most that was not sent.
    expect((of('peer2')?.sent ?? 0) + (of('peer2')?.send_errors ?? 0)).toBe(40)
    expect(of('peer2')?.send_errors).toBeLessThanOrEqual(1)
    expect(report).toMatchObject({ verdict: 'passed', tests: [{ lost: 0, late: 0, sent_unknown: 0 }] })
    expect(report.notes.join('\n')).toContain('0 in chat at peer2 could not send once')
    // Once each list at the start of a daemon, and again after an interruption alone.
    const [quiet, restarted] = await Promise.all([one.call('GetPeer', {}), two.call('GetPeer', {})])
    expect(Number(quiet.lists?.count)).toBeLessThanOrEqual(3)
    expect(Number(restarted.lists?.count)).toBeLessThanOrEqual(7)
    expect(Number(restarted.lists?.events)).toBeGreaterThan(Number(quiet.lists?.events))
    expect(quiet).toMatchObject({ unread: '0', newest_live: { device_pk: expect.any(Buffer) } })
  },
)

test(
  'a Berty that is stopped for twenty seconds loses nothing and leaves nothing in doubt',
  { timeout: 90_000 },
  async () => {
    await using world = await openLoadedBertys(path, ['E', 'E', 'E'])
    const [, two] = world.fleet.peers as Three
    await startOnAll(world.fleet, RUN, plan(world, 40))
    await untilSent(two, 8)
    world.net.peers[1]?.hang()
    const begun = performance.now()
    const frozenMs = 20_000 * world.net.settings.load.scale
    await until('it was stopped for twenty seconds of a real one', () => performance.now() - begun > frozenMs)
    world.net.peers[1]?.unhang()
    await untilState(world.fleet.peers, 'DONE')
    const report = await trueReport(world)
    expect(report).toMatchObject({ verdict: 'passed', tests: [{ sent: 120, lost: 0, late: 0, sent_unknown: 0 }] })
  },
)

test(
  'a Berty that is gone for good: its test waits until it is stopped, the others end',
  { timeout: 90_000 },
  async () => {
    await using world = await openLoadedBertys(path, ['E', 'E', 'E'])
    const [one, two, three] = world.fleet.peers as Three
    await startOnAll(world.fleet, RUN, plan(world, 20))
    await untilSent(two, 4)
    await world.net.peers[1]?.stop()
    await untilState([one, three], 'DONE')
    await untilState([two], 'WAITING')
    const waiting = await fetchReport(world.fleet, RUN, signal)
    expect(waiting).toMatchObject({ verdict: 'running', complete: false })
    expect(waiting.reasons[0]).toMatch(/^0 in chat at peer2 waits: Berty is away: /)
    const { sent = '0', send_errors } = (await testOf(two)) ?? {}
    expect(send_errors).toBe('0')
    const [stopped] = (await two.call('StopTest', { group: 'chat', test: '0' })).tests ?? []
    expect(stopped).toMatchObject({ state: 'DONE', end: 'STOPPED', sent })
    const report = await fetchReport(world.fleet, RUN, signal)
    expect(report).toMatchObject({ verdict: 'aborted', complete: true })
    const truth = truePairs(world.net, report, await liveIds(world.fleet.peers, RUN))
    const told = reportedPairs(report)
    // Of its own last send nobody can tell, nor of what it had received and not told: its list is gone with it.
    const known = Object.keys(truth).filter((pair) => !pair.includes('peer2'))
    expect(known).toHaveLength(2)
    for (const pair of known) expect([pair, told[pair]]).toEqual([pair, truth[pair]])
    for (const pair of ['0 peer1 peer2', '0 peer3 peer2'])
      expect(told[pair]?.delivered).toBeLessThanOrEqual(truth[pair]?.delivered ?? -1)
  },
)

test(
  'Bertys of a slow generation, seconds behind: the drain waits for what they still have to do',
  { timeout: 90_000 },
  async () => {
    await using world = await openLoadedBertys(path, ['C', 'C', 'C'], { load: { eventMs: [25, 40] } })
    await startOnAll(world.fleet, RUN, plan(world, 30))
    await untilState(world.fleet.peers, 'DONE')
    const report = await trueReport(world)
    expect(report).toMatchObject({ verdict: 'passed', tests: [{ sent: 90, expected: 180, lost: 0, late: 0 }] })
    expect(report.tests[0]?.latency_ms.p99).toBeGreaterThan(1_000 * world.net.settings.load.scale)
  },
)

test(
  'what comes after the end is late, to the last message, and changes nothing else',
  { timeout: 90_000 },
  async () => {
    await using world = await openLoadedBertys(path, ['E', 'C', 'E'])
    const [one] = world.fleet.peers as Three
    await startOnAll(world.fleet, RUN, plan(world, 30))
    await untilSent(one, 15)
    world.net.partition(['peer1', 'peer2'], ['peer3'])
    await untilState(world.fleet.peers, 'DONE')
    const first = await fetchReport(world.fleet, RUN, signal)
    expect(first).toMatchObject({ verdict: 'failed', complete: true, tests: [{ late: 0 }] })
    world.net.heal()
    const later = await trueReport(world)
    expect(later).toMatchObject({ verdict: 'passed', tests: [{ lost: 0, late: first.tests[0]?.lost }] })
    expect(later.tests[0]?.late).toBeGreaterThan(0)
    const rest = ({ tests }: RunReport) =>
      tests.map(({ late: _late, lost: _lost, latency_ms: _ms, ...others }) => others)
    expect(rest(later)).toEqual(rest(first))
  },
)

describe('disorder in the open model', () => {
  const openPlan = { rate: 200, amount: '60', drain_us: '1500000' }

  test(
    'is none where everything comes in the order in which the sender’s Berty took it',
    { timeout: 90_000 },
    async () => {
      const settings = { link: { delayMs: 3, jitterMs: 0, loss: 0 } }
      const load = { scrambles: false, slowSends: 0.2 }
      await using world = await openLoadedBertys(path, ['E', 'E'], { settings, load })
      await startOnAll(world.fleet, RUN, openPlan)
      await untilState(world.fleet.peers, 'DONE')
      const report = await trueReport(world)
      // Our own sends overlap, and Berty takes them in any order: that is no disorder.
      const taken = world.net
        .truth()
        .messages.flatMap((record) => (record.sender === 'peer1' ? (headerOf(record)?.sequence ?? []) : []))
      expect(taken).toHaveLength(60)
      expect(taken).not.toEqual([...taken].sort((a, b) => a - b))
      expect(report.tests[0]).toMatchObject({ sent: 120, out_of_order: 0 })
    },
  )

  test('is what the network knows where it scrambles', { timeout: 90_000 }, async () => {
    await using world = await openLoadedBertys(path, ['E', 'E'], { load: { eventMs: [30, 60] } })
    await startOnAll(world.fleet, RUN, openPlan)
    await untilState(world.fleet.peers, 'DONE')
    const report = await trueReport(world)
    expect(report.tests[0]?.out_of_order).toBeGreaterThan(0)
  })
})
