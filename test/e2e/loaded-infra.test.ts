import { expect, test } from 'vitest'
import { fetchReport, startRun } from '../../src/client/fleet/index.js'
import type { RunReport } from '../../src/client/run-report/index.js'
import { GROUP, type InfraSandbox, makeGroup, openInfraSandbox, TEST } from '../../src/sandbox/infra.js'
import { runCli } from '../support/cli.js'
import { untilSettled } from '../support/loaded-bertys.js'
import { liveIds, reportedPairs, truePairs } from '../support/run-truth.js'
import { until } from '../support/until.js'

const { signal } = new AbortController()

/** A time of the guide, in that of the suites. */
const scaled = ({ net }: InfraSandbox, ms: number): string => `${ms * net.settings.load.scale}ms`

test(
  'the first test of the guide, with four loaded hosts, passes at its first fetch',
  { timeout: 120_000 },
  async () => {
    await using sandbox = await openInfraSandbox({ peers: 4, seed: 'guide' })
    const infra = (...args: string[]) => runCli([...args, '--inventory', sandbox.inventory], { name: 'infra' })
    const [interval, drain] = [scaled(sandbox, 250), scaled(sandbox, 30_000)]
    const steps = [
      ['peer', 'status'],
      ['group', 'create', 'chat'],
      ['test', 'new', 'chat', '0', '--size', '300B', '--interval', interval, '--amount', '100', '--drain', drain],
      ['test', 'start', 'chat', '0', '--wait-ready', '60s'],
      ['test', 'watch', 'chat', '0'],
    ]
    for (const step of steps) expect([step, await infra(...step)]).toMatchObject([step, { code: 0 }])
    const { code, stdout } = await infra('test', 'report', '--json')
    const report = JSON.parse(stdout) as RunReport
    expect(report).toMatchObject({
      ...{ verdict: 'passed', complete: true, reasons: [] },
      tests: [{ sent: 400, expected: 1_200, delivered: 1_200, late: 0, lost: 0, send_errors: 0, sent_unknown: 0 }],
    })
    expect(code).toBe(0)
    await untilSettled(sandbox.net)
    const truth = truePairs(sandbox.net, report, await liveIds(sandbox.fleet.peers, report.run.id))
    expect(reportedPairs(report)).toEqual(truth)
  },
)

test('kill -9 in the open model leaves nothing in doubt, and the ledger is right', { timeout: 120_000 }, async () => {
  // Every other send takes long: many are under way when the daemon ends, and Berty has taken some of them.
  await using sandbox = await openInfraSandbox({ peers: 2, seed: 'open', network: { load: { slowSends: 0.5 } } })
  const { fleet, net, hosts } = sandbox
  await makeGroup(fleet, GROUP)
  const plan = { type: 'TEXT', size: '300', rate: 30, amount: '90', seed: '7', drain_us: '1500000' } as const
  await fleet.each((peer) => peer.call('NewTest', { group: GROUP, test: TEST, plan }))
  const started = await startRun(fleet, { group: GROUP, test: TEST, run: 'open', waitReady: '30s' })
  expect(started.map(({ ok }) => ok)).toEqual([true, true])
  const ofFirst = () => net.truth().messages.filter(({ kind, sender }) => kind === 'user' && sender === 'peer1')
  await until('25 messages are sent', () => ofFirst().length > 25, { limitMs: 60_000 })
  hosts[0]?.daemon.process.kill('SIGKILL')
  await hosts[0]?.daemon.ended
  await sandbox.restart(0)
  const isDone = async (): Promise<boolean> => {
    const lists = await fleet.each((peer) => peer.call('ListTests', { group: GROUP, test: TEST }))
    return lists.every((one) => one.ok && (one.result.tests ?? []).every(({ state }) => state === 'DONE'))
  }
  await until('the test is done everywhere', isDone, { everyMs: 100, limitMs: 80_000 })
  await untilSettled(net)
  const report = await fetchReport(fleet, 'open', signal)
  expect(reportedPairs(report)).toEqual(truePairs(net, report, await liveIds(fleet.peers, 'open')))
  const of = report.pairs.find(({ from }) => from === 'peer1')
  expect(of?.sent_unknown).toBe(0)
  expect((of?.sent ?? 0) + (of?.send_errors ?? 0)).toBe(90)
  expect(ofFirst()).toHaveLength(of?.sent ?? -1)
  expect(report).toMatchObject({ verdict: 'passed', tests: [{ lost: 0, late: 0, duplicated: 0 }] })
})
