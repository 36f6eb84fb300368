import { describe, expect, test } from 'vitest'
import { fetchReport, type Fleet } from '../../../src/client/fleet/index.js'
import { SnetError } from '../../../src/shared/errors.js'
import type {
  GroupMessage,
  HostClockMessage,
  LedgerPageMessage,
  RunPartMessage,
  TestMessage,
} from '../../../src/shared/wire/index.js'
import { openControlFleet } from '../../support/control-fleet.js'
import { type HostAnswers, lasting } from '../../support/control-host.js'

const key = (byte: number): Buffer => Buffer.alloc(32, byte)
const nowUs = (): number => Date.now() * 1_000
const clock: HostAnswers = { GetClock: () => ({ received_at: String(nowUs()), answered_at: String(nowUs()) }) }
const started = nowUs() - 60_000_000
const ended = nowUs() - 1_000_000

const group = (peer: number): GroupMessage => ({ name: 'chat', member_pk: key(peer), device_pk: key(peer + 50) })
const part = (peer: number, test?: TestMessage, readers: readonly number[] = []): RunPartMessage => ({
  run_id: 'r1',
  groups: [group(peer)],
  tests: test
    ? [
        {
          test: { group: 'chat', test: '0', ended_at: String(ended), started_at: String(started), ...test },
          member_pk: key(peer),
          device_pk: key(peer + 50),
          epochs: [{ epoch: 1, member_pks: readers.map(key) }],
        },
      ]
    : [],
})
const done: TestMessage = { state: 'DONE', end: 'COMPLETED' }
const sends: LedgerPageMessage = {
  sent: [1, 2].map((n) => ({
    group: 'chat',
    test: '0',
    sequence: String(n),
    cid: Buffer.from(`m${n}`),
    sent_at: String(started),
    size: 20,
    outcome: 'SENT' as const,
    epoch: 1,
  })),
}
const reads = (...numbers: number[]): LedgerPageMessage => ({
  received: numbers.map((n) => ({
    group: 'chat',
    cid: Buffer.from(`m${n}`),
    device_pk: key(51),
    received_at: String(started + 1_000),
  })),
})
const sender: HostAnswers = { ...clock, GetRun: () => part(1, done, [2]), ReadLedger: () => [sends] }
const receiver: HostAnswers = { ...clock, GetRun: () => part(2), ReadLedger: () => [reads(1, 2)] }

const { signal } = new AbortController()

test('parts and ledgers of all hosts become one report, with the clocks of all compared', async () => {
  await using world = await openControlFleet(sender, receiver)
  const report = await fetchReport(world.fleet, 'r1', signal)
  expect(report.pairs).toMatchObject([{ from: 'p1', to: 'p2', expected: 2, delivered: 2, lost: 0 }])
  expect(report.verdict).toBe('passed')
  for (const { clock_offset_ms, clock_error_ms } of report.peers) {
    // One machine has one clock, which these hosts tell in whole ms.
    expect(Math.abs(clock_offset_ms ?? NaN)).toBeLessThanOrEqual((clock_error_ms ?? NaN) + 2)
  }
})

test('without an id the newest run of any host is judged', async () => {
  const run = (id: string, at: number) => ({
    ListRuns: () => ({ runs: [{ run_id: id, started_at: String(at), tests: [{ group: 'chat', test: '0' }] }] }),
  })
  await using world = await openControlFleet({ ...sender, ...run('r0', 5) }, { ...receiver, ...run('r1', 6) })
  expect((await fetchReport(world.fleet, undefined, signal)).run.id).toBe('r1')
})

test('a member that has heard nothing of the run is judged all the same: what it lacks is lost', async () => {
  const unheard = (page: LedgerPageMessage): HostAnswers => ({
    ...clock,
    GetRun: () => {
      throw new SnetError('not-found', 'no run r1 is known here')
    },
    GetPeer: () => ({ state: 'CONNECTED', version: 'v2' }),
    ListGroups: () => ({ groups: [group(2), { ...group(2), name: 'another' }] }),
    ReadLedger: () => [page],
  })
  await using silent = await openControlFleet(sender, unheard({}))
  expect(await fetchReport(silent.fleet, 'r1', signal)).toMatchObject({
    verdict: 'failed',
    pairs: [{ to: 'p2', expected: 2, delivered: 0, lost: 2 }],
  })
  // Too short for a header: known by their ids alone.
  await using short = await openControlFleet(sender, unheard(reads(1, 2)))
  expect(await fetchReport(short.fleet, 'r1', signal)).toMatchObject({
    verdict: 'passed',
    peers: [{}, { berty_version: 'v2', error: null }],
  })
})

test('a run that no host knows is not found', async () => {
  const unknown: HostAnswers = {
    GetRun: () => {
      throw new SnetError('not-found', 'no run r1 is known here')
    },
  }
  await using world = await openControlFleet(unknown, unknown)
  await expect(fetchReport(world.fleet, 'r1', signal)).rejects.toMatchObject({ kind: 'not-found' })
})

test('a host that does not answer aborts the run, and the others are judged', async () => {
  await using world = await openControlFleet(sender, receiver, receiver)
  await world.hosts[2]?.[Symbol.asyncDispose]()
  const report = await fetchReport(world.fleet, 'r1', signal)
  expect(report).toMatchObject({ verdict: 'aborted', tests: [{ delivered: 2, lost: 0 }] })
  expect(report.reasons[0]).toMatch(/^the part of p3 could not be had: no control daemon answers at 127\.0\.0\.1:/)
})

test('half a ledger is no ledger: what it lacks is not counted as lost', async () => {
  const broken: HostAnswers = {
    ...receiver,
    async *ReadLedger() {
      yield reads(1)
      throw new SnetError('storage-failed', 'the disk is gone')
    },
  }
  await using world = await openControlFleet(sender, broken, { ...receiver, GetRun: () => part(3) })
  const report = await fetchReport(world.fleet, 'r1', signal)
  expect(report.verdict).toBe('aborted')
  expect(report.tests).toMatchObject([{ sent: 2, expected: 0, delivered: 0, lost: 0 }])
  expect(report.reasons).toContain('the part of p2 could not be had: its ledger broke off: the disk is gone')
})

test('who gives up in the middle gets no report of half of it', async () => {
  const stop = new AbortController()
  const endless: HostAnswers = {
    ...receiver,
    async *ReadLedger(_, gone) {
      yield reads(1)
      stop.abort()
      yield* lasting<LedgerPageMessage>(gone)
    },
  }
  await using world = await openControlFleet(sender, endless)
  await expect(fetchReport(world.fleet, 'r1', stop.signal)).rejects.toMatchObject({ kind: 'cancelled' })
})

test('a run may be named by the first characters that tables show of it', async () => {
  const [one, other] = ['0f3a9c1d-5b7e-4c2a-9f10-000000000001', '0f3a9c1d-5b7e-4c2a-9f10-000000000002'] as const
  const knows = (...runs: string[]): HostAnswers => ({
    ...receiver,
    ListRuns: () => ({ runs: runs.map((run_id) => ({ run_id })) }),
    GetRun: ({ run_id = '' }) => ({ ...part(2), run_id }),
  })
  await using world = await openControlFleet(knows(one), knows(one))
  expect((await fetchReport(world.fleet, '0f3a9c1d', signal)).run.id).toBe(one)
  await using both = await openControlFleet(knows(one), knows(other))
  await expect(fetchReport(both.fleet, '0f3a9c1d', signal)).rejects.toMatchObject({
    kind: 'invalid-request',
    message: `run 0f3a9c1d is ambiguous: ${one}, ${other}`,
  })
})

describe('of a run that is over', () => {
  /** A daemon that keeps clocks as ours does. */
  function keeper(own: HostAnswers): HostAnswers {
    const kept = new Map<string, HostClockMessage>()
    const nameOf = ({ device_pk }: HostClockMessage): string => Buffer.from(device_pk ?? []).toString('hex')
    return {
      ...own,
      GetRun: async (request) => ({ ...(await own.GetRun?.(request)), clocks: [...kept.values()] }),
      KeepClocks: ({ clocks = [] }) => {
        for (const one of clocks) if (!kept.has(nameOf(one))) kept.set(nameOf(one), one)
        return { clocks: [...kept.values()] }
      },
    }
  }
  /** A clock that is so far ahead. */
  const ahead = (us: number): HostAnswers => {
    const told = (): string => String(nowUs() + us)
    return { GetClock: () => ({ received_at: told(), answered_at: told() }) }
  }
  const third: HostAnswers = { ...receiver, GetRun: () => part(3) }

  test('the report stays the same, however clocks move afterwards, and for two who ask at once', async () => {
    await using world = await openControlFleet(keeper(sender), receiver)
    const ask = () => fetchReport(world.fleet, 'r1', signal)
    const [one, other] = await Promise.all([ask(), ask()])
    expect(other).toEqual(one)
    expect(one.pairs[0]?.from_history.p50).not.toBeNull()
    world.hosts[1]?.answer(ahead(7_000_000))
    expect(await ask()).toEqual(one)
    // The same as another controller sees it, whose clock is an hour behind.
    world.hosts.forEach((host) => host.answer(ahead(3_600_000_000)))
    expect(await ask()).toEqual(one)
  })

  test('a host that is asked for later is compared with those before', async () => {
    const hosts = [keeper({ ...sender, GetRun: () => part(1, done, [2, 3]) }), receiver, third]
    await using world = await openControlFleet(...hosts)
    const before = await fetchReport(partOf(world.fleet, 2), 'r1', signal)
    world.hosts.forEach((host) => host.answer(ahead(3_600_000_000)))
    const all = await fetchReport(world.fleet, 'r1', signal)
    expect(all.peers.slice(0, 2)).toEqual(before.peers)
    const [, two, three] = all.peers
    expect(Math.abs((two?.clock_offset_ms ?? NaN) - (three?.clock_offset_ms ?? NaN))).toBeLessThan(1_000)
    expect(await fetchReport(world.fleet, 'r1', signal)).toEqual(all)
  })

  test('clocks are compared anew while the run goes on, and where its daemon keeps none', async () => {
    const running = { ...sender, GetRun: () => part(1, { state: 'DRAINING', ended_at: '0' }, [2]) }
    await using world = await openControlFleet(keeper(running), receiver)
    await fetchReport(world.fleet, 'r1', signal)
    world.hosts[1]?.answer(ahead(7_000_000))
    expect((await fetchReport(world.fleet, 'r1', signal)).peers[1]?.clock_offset_ms).toBeGreaterThan(6_000)
    expect(world.hosts[0]?.asked.map(({ method }) => method)).not.toContain('KeepClocks')

    await using older = await openControlFleet(sender, { ...receiver, ...ahead(7_000_000) })
    expect((await fetchReport(older.fleet, 'r1', signal)).peers[1]?.clock_offset_ms).toBeGreaterThan(6_000)
  })
})

/** The first hosts of a fleet. */
const partOf = (fleet: Fleet, count: number): Fleet =>
  Object.create(fleet, { peers: { value: fleet.peers.slice(0, count) } }) as Fleet
