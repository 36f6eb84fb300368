import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { base32 } from 'multiformats/bases/base32'
import { describe, expect, test } from 'vitest'
import { fetchReport, Fleet, startRun } from '../../src/client/fleet/index.js'
import type { ReportedPair, RunReport } from '../../src/client/run-report/index.js'
import { GROUP, type InfraSandbox, makeGroup, openInfraSandbox, runTest, TEST } from '../../src/sandbox/infra.js'
import { Lifecycle } from '../../src/shared/lifecycle.js'
import { packageRoot } from '../../src/shared/package.js'
import { runCli } from '../support/cli.js'
import { startCutProxy } from '../support/cut-proxy.js'
import { reportFaults } from '../support/report-schema.js'
import { until } from '../support/until.js'

const { signal } = new AbortController()

/** What the fake network knows of every pair, in the report's words. */
function truthOf({ net, hosts }: InfraSandbox) {
  const messages = net.truth().messages.filter(({ kind }) => kind === 'user')
  return hosts.flatMap(({ name: from }) =>
    hosts.flatMap(({ name: to }) => {
      if (from === to) return []
      const fates = messages.flatMap(({ sender, members }) => (sender === from ? (members.get(to) ?? []) : []))
      const keyed = fates.filter((fate) => fate.keyed)
      const delivered = keyed.filter(({ state }) => state === 'delivered').length
      const duplicated = fates.reduce((sum, { duplicates }) => sum + duplicates, 0)
      return [{ from, to, expected: keyed.length, delivered, lost: keyed.length - delivered, duplicated }]
    }),
  )
}

const measured = (pairs: readonly ReportedPair[]) =>
  pairs.map(({ from, to, expected, delivered, lost, duplicated }) => ({
    ...{ from, to, expected, delivered, lost, duplicated },
  }))

async function untilDone(fleet: Fleet): Promise<void> {
  const isDone = async (): Promise<boolean> => {
    const lists = await fleet.each((peer) => peer.call('ListTests', { group: GROUP, test: TEST }))
    return lists.every((one) => one.ok && (one.result.tests ?? []).every(({ state }) => state === 'DONE'))
  }
  await until('every message has its fate', isDone, { everyMs: 100, limitMs: 60_000 })
}

test(
  'under loss, a cut and second copies the report is what the network knows, to the last message',
  { timeout: 90_000 },
  async () => {
    await using sandbox = await openInfraSandbox({ peers: 4, seed: 'lossy' })
    const { net, fleet } = sandbox
    await makeGroup(fleet, GROUP)
    net.settings.link.loss = 0.15
    const running = runTest(fleet, { size: 300, intervalUs: 20_000, amount: 60, seed: '7', drainUs: 4_000_000, signal })
    const user = () => net.truth().messages.filter(({ kind }) => kind === 'user')
    await until('40 messages are sent', () => user().length > 40, { limitMs: 60_000 })
    net.partition(['peer1', 'peer2'], ['peer3', 'peer4'])
    await until('100 messages are sent', () => user().length > 100, { limitMs: 60_000 })
    net.heal()
    for (const kind of ['second-id', 'same-event'] as const) {
      const find = () =>
        user().find(({ sender, members }) => sender === 'peer2' && members.get('peer1')?.state === 'delivered')
      await until('what is looked for is there', () => find() !== undefined, { limitMs: 60_000 })
      const { group_pk, cid } = find() as NonNullable<ReturnType<typeof find>>
      net.duplicateMessage('peer1', group_pk, base32.decode(cid), kind)
    }
    const report = await running
    expect(measured(report.pairs)).toEqual(truthOf(sandbox))
    expect(report.tests).toMatchObject([{ sent: 240, send_errors: 0, sent_unknown: 0, expected: 720 }])
    expect(report.tests[0]?.lost).toBeGreaterThan(0)
    expect(report.verdict).toBe('failed')
    expect(reportFaults(report)).toEqual([])
  },
)

test('a daemon that is killed in mid-run goes on, and nothing is left in doubt', { timeout: 90_000 }, async () => {
  await using sandbox = await openInfraSandbox({ peers: 3, seed: 'killed' })
  const { fleet, hosts } = sandbox
  await makeGroup(fleet, GROUP)
  const plan = {
    type: 'TEXT',
    size: '300',
    interval_us: '20000',
    amount: '80',
    seed: '7',
    drain_us: '3000000',
  } as const
  await fleet.each((peer) => peer.call('NewTest', { group: GROUP, test: TEST, plan }))
  const started = await startRun(fleet, { group: GROUP, test: TEST, run: 'killed', waitReady: '30s' })
  expect(started.map(({ ok }) => ok)).toEqual([true, true, true])
  const [first] = fleet.peers
  await until(
    '20 messages are sent',
    async () => Number((await first?.call('ListTests', {}))?.tests?.[0]?.sent ?? 0) > 20,
    { limitMs: 60_000 },
  )
  hosts[0]?.daemon.process.kill('SIGKILL')
  await hosts[0]?.daemon.ended
  await sandbox.restart(0)
  await untilDone(fleet)
  const report = await fetchReport(fleet, 'killed', signal)
  const of = report.pairs.find(({ from }) => from === 'peer1')
  expect((of?.sent ?? 0) + (of?.send_errors ?? 0)).toBe(80)
  expect(of?.send_errors).toBeLessThanOrEqual(1)
  expect(report.tests).toMatchObject([{ lost: 0, late: 0, sent_unknown: 0, duplicated: 0 }])
  expect(measured(report.pairs)).toEqual(truthOf(sandbox))
  expect(report.verdict).toBe('passed')
})

test(
  'a controller that is cut off in mid-run misses nothing: the run completes without it, and its results wait',
  { timeout: 90_000 },
  async () => {
    await using sandbox = await openInfraSandbox({ peers: 3, seed: 'alone' })
    const { fleet, hosts, net } = sandbox
    const plan = {
      type: 'TEXT',
      size: '300',
      interval_us: '60000',
      amount: '60',
      seed: '7',
      drain_us: '2000000',
    } as const
    {
      await using way = new Lifecycle()
      const proxies = await Promise.all(hosts.map(({ address }) => way.own('way', startCutProxy(address))))
      using controller = new Fleet(
        hosts.map(({ name, berty }, at) => {
          const address = proxies[at]?.endpoint ?? ''
          return { name, address, kind: 'peer', berty, access: { address, tls: undefined, token: undefined } }
        }),
      )
      await makeGroup(controller, GROUP)
      await controller.each((peer) => peer.call('NewTest', { group: GROUP, test: TEST, plan }))
      const started = await startRun(controller, { group: GROUP, test: TEST, run: 'alone', waitReady: '30s' })
      expect(started.map(({ ok }) => ok)).toEqual([true, true, true])
      await until('20 messages are sent', () => net.truth().counts.sentUser > 20, { limitMs: 60_000 })
    }
    expect(net.truth().counts.sentUser).toBeLessThan(180)
    // Nobody is connected to any daemon while the rest is sent: the fake network alone is watched.
    await until('180 messages are sent', () => net.truth().counts.sentUser === 180, { everyMs: 50, limitMs: 60_000 })
    await untilDone(fleet)
    const report = await fetchReport(fleet, 'alone', signal)
    expect(report.tests).toMatchObject([{ sent: 180, sent_unknown: 0, expected: 360, delivered: 360, lost: 0 }])
    expect(report.verdict).toBe('passed')
  },
)

/** The sandbox as a user starts it, up until it is stopped. */
async function startSandbox(name: 'infra' | 'run', args: readonly string[]) {
  const command = [join(packageRoot, 'bin', `${name}.js`), 'sandbox', ...args, '--json']
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] })
  const closed = once(child, 'close')
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return {
    told: JSON.parse(line) as { hosts: { name: string; address: string }[]; inventory: string; report: RunReport },
    stop: async () => {
      child.kill('SIGINT')
      return (await closed) as [number | null, string | null]
    },
  }
}

describe('infra sandbox', () => {
  test('the commands that it suggests work, and its hosts end with it', { timeout: 90_000 }, async () => {
    const { told, stop } = await startSandbox('infra', ['--peers', '2', '--amount', '5'])
    try {
      expect(told.report).toMatchObject({ verdict: 'passed', tests: [{ sent: 10, expected: 10, delivered: 10 }] })
      expect(reportFaults(told.report)).toEqual([])
      const infra = (...args: string[]) => runCli([...args, '--inventory', told.inventory], { name: 'infra' })
      const plan = ['--size', '1kb', '--rate', '50', '--amount', '30', '--drain', '1s']
      expect(await infra('test', 'new', 'chat', 'load', ...plan)).toMatchObject({ code: 0 })
      expect(await infra('test', 'start', 'chat', 'load', '--wait-ready', '30s')).toMatchObject({ code: 0 })
      expect(await infra('test', 'watch', 'chat', 'load')).toMatchObject({ code: 0 })
      const { code, stdout } = await infra('test', 'report', '--json')
      expect(code).toBe(0)
      const report = JSON.parse(stdout) as RunReport
      expect(report).toMatchObject({
        tests: [{ group: 'chat', name: 'load', sent: 60, delivered: 60, bytes: 60_000 }],
        peers: [{ name: 'peer1' }, { name: 'peer2' }],
      })
      expect(report.run.id).not.toBe(told.report.run.id)
      const shown = await infra('group', 'messages', 'chat', '--limit', '3', '--json')
      expect((JSON.parse(shown.stdout) as { result: object[] }[]).map(({ result }) => result.length)).toEqual([3, 3])
    } finally {
      expect(await stop()).toEqual([0, null])
    }
    const [host] = told.hosts
    expect(await runCli(['peer', 'status', '--host', host?.address ?? ''], { name: 'infra' })).toMatchObject({
      code: 3,
    })
  })

  test('is there under the name snetd, too', async () => {
    const { code, stdout } = await runCli(['sandbox', 'infra', '--peers', '2', '--amount', '2', '--once', '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ group: 'chat', report: { verdict: 'passed' } })
  })
})
