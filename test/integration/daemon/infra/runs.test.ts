import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Sent } from '../../../../src/daemon/infra/contract/berty.js'
import type { TestStatus } from '../../../../src/daemon/infra/contract/control.js'
import type { AckEntry, ReceivedEntry, SentEntry, TestPlan } from '../../../../src/daemon/infra/contract/records.js'
import { resetEverything } from '../../../../src/daemon/infra/reset.js'
import { headerText, parseHeader } from '../../../../src/daemon/infra/message/index.js'
import { anInvite, FakeLink, FakeNet, fakeInvites, type FakeBerty } from '../../../support/fake-berty-port.js'
import { aKey, aPlan, aReceived, aTest } from '../../../support/infra-builders.js'
import { openInfraParts, type InfraParts } from '../../../support/infra-daemon.js'
import { tempDir } from '../../../support/temp-dir.js'
import { until } from '../../../support/until.js'

let path: string
let net: FakeNet
let berty: FakeBerty
let link: FakeLink
beforeEach(async () => {
  const temp = await tempDir()
  path = temp.path
  net = new FakeNet()
  berty = net.peer('one')
  link = new FakeLink(berty)
  return temp.remove
})

const chat = aKey('group chat')
const EVERY = { limit: 0, withTests: false }
const FOREVER = { amount: 1_000_000, intervalMs: 5 }

async function withTest(parts: InfraParts, over: Partial<TestPlan> = {}): Promise<TestStatus> {
  if (parts.groups.list().length === 0) await parts.groups.create('chat', { reuse: false })
  return parts.tests.define('chat', '0', aPlan(over))
}

const view = ({ tests }: InfraParts, test = '0'): TestStatus | undefined => tests.list({ group: 'chat', test })[0]
const ended = (parts: InfraParts) => until('the test is done', () => view(parts)?.state === 'done')

/** A send that Berty never answers. */
const unanswered = (signal: AbortSignal | undefined): Promise<Sent> =>
  new Promise((done) => {
    const giveUp = (): void => done({ outcome: 'unknown', reason: 'aborted' })
    if (signal?.aborted) giveUp()
    else signal?.addEventListener('abort', giveUp)
  })

interface Whole {
  sent: SentEntry[]
  received: ReceivedEntry[]
  acks: AckEntry[]
}

async function ledgerOf({ tests }: InfraParts, run: string): Promise<Whole> {
  const whole: Whole = { sent: [], received: [], acks: [] }
  for await (const page of tests.ledger(run)) {
    whole.sent.push(...page.sent)
    whole.received.push(...page.received)
    whole.acks.push(...page.acks)
  }
  return whole
}

describe('a test', () => {
  test('sends its amount, each message numbered, sized and on record, and is done', async () => {
    await using parts = await openInfraParts(path, link)
    const two = net.peer('two')
    expect(await withTest(parts, { amount: 4, size: 200 })).toMatchObject({ state: 'planned', isRunning: false })
    await two.joinGroup(anInvite(chat, 'chat'))
    await parts.groups.startReceiving('chat')
    berty.exchangeKeys(chat)
    const waitFor = [two.keysIn(chat).device, berty.keysIn(chat).device]
    const started = await parts.tests.start('chat', '0', { run: 'r1', waitFor })
    expect(started).toMatchObject({ state: 'preparing', isRunning: true, run: 'r1' })
    await ended(parts)
    await until(
      'four acknowledgements are kept',
      async () => (await parts.store.flush(), view(parts)?.acknowledged === 4),
    )
    expect(view(parts)).toMatchObject({ end: 'completed', isRunning: false, sent: 4, sendErrors: 0, sentUnknown: 0 })
    const { sent, received, acks } = await ledgerOf(parts, 'r1')
    expect(sent.map(({ sequence, size, outcome, epoch }) => ({ sequence, size, outcome, epoch }))).toEqual(
      [1, 2, 3, 4].map((sequence) => ({ sequence, size: 200, outcome: 'sent', epoch: 1 })),
    )
    expect(received).toEqual([])
    expect(acks.map(({ cid }) => cid).sort()).toEqual(sent.map(({ cid }) => cid).sort())
    for (const { roundTripUs, device } of acks) {
      expect(roundTripUs).toBeGreaterThanOrEqual(0)
      expect(device).toBe(two.keysIn(chat).device)
    }
    const { content } = two.messagesOf(chat).items[0] ?? {}
    const body = content?.type === 'user' ? content.body : ''
    expect(body).toHaveLength(200)
    expect(parseHeader(body)).toEqual({ run: 'r1', test: '0', sequence: 1, sentAt: sent[0]?.sentAt })
    expect(parts.tests.part(undefined)).toMatchObject({
      run: 'r1',
      groups: [{ name: 'chat' }],
      tests: [{ ...berty.keysIn(chat), epochs: [{ epoch: 1, members: [two.keysIn(chat).member] }] }],
    })
  })

  test('is defined in a group that is known, and started when it is', async () => {
    await using parts = await openInfraParts(path, link)
    await expect(parts.tests.define('chat', '0', aPlan())).rejects.toMatchObject({
      ...{ kind: 'wrong-state', message: expect.stringContaining('peer not in group') },
    })
    await withTest(parts)
    await expect(parts.tests.start('chat', '1', {})).rejects.toMatchObject({
      ...{ kind: 'not-found', message: expect.stringContaining('test does not exist') },
    })
    await expect(parts.tests.define('chat', '0', aPlan({ size: -1 }))).rejects.toMatchObject({
      kind: 'invalid-request',
    })
    expect(view(parts)?.plan.size).toBe(300)
  })

  test('that runs cannot be started or defined, even in the same instant; afterwards both', async () => {
    await using parts = await openInfraParts(path, link)
    await withTest(parts, FOREVER)
    const inProgress = { kind: 'already-exists', message: expect.stringContaining('test already in progress') }
    const starts = await Promise.allSettled([1, 2, 3].map(() => parts.tests.start('chat', '0', {})))
    expect(starts.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
    expect((starts[1] as PromiseRejectedResult).reason).toMatchObject(inProgress)
    await expect(withTest(parts)).rejects.toMatchObject(inProgress)
    await parts.tests.stop({})
    const first = view(parts)?.run
    await parts.tests.start('chat', '0', { amount: 2 })
    await ended(parts)
    expect(view(parts)).toMatchObject({ end: 'completed', sent: 2, plan: { amount: 2 } })
    expect(parts.tests.runs(EVERY).map(({ run }) => run)).toEqual([view(parts)?.run, first])
    await expect(parts.tests.start('chat', '0', { run: first ?? '' })).rejects.toMatchObject({ kind: 'already-exists' })
    expect((await withTest(parts)).state).toBe('planned')
  })

  test('stops soon: what is under way is given up and looked up, a long pause is not slept out', async () => {
    await using parts = await openInfraParts(path, link)
    await withTest(parts, { ...FOREVER, intervalMs: 86_400_000, drainMs: 3_600_000 })
    await parts.tests.start('chat', '0', {})
    await until('the message is at Berty', () => berty.messagesOf(chat).items.length === 1)
    expect(await parts.tests.stop({ group: 'chat', test: '0' })).toMatchObject([{ state: 'done', end: 'stopped' }])
    berty.onSend = (_body, signal) => unanswered(signal)
    await parts.tests.start('chat', '0', { run: 'hangs' })
    await until('the intention is kept', () => [...parts.store.readSent('hangs')].length === 1)
    await parts.tests.stop({})
    expect(view(parts)).toMatchObject({ state: 'done', end: 'stopped', sent: 0, sendErrors: 1, sentUnknown: 0 })
    expect(await parts.tests.stop({})).toMatchObject([{ end: 'stopped' }])
  })

  test('that is over keeps how its hosts’ clocks differ, of each the first, and no sooner', async () => {
    await using parts = await openInfraParts(path, link)
    await withTest(parts, { amount: 1, drainMs: 60_000 })
    await parts.tests.start('chat', '0', { run: 'r1' })
    const clock = (host: string, offsetUs: number) => ({ device: aKey(host), offsetUs, errorUs: 3 })
    const [here, there] = [clock('here', 0), clock('there', -5)]
    await expect(parts.tests.keepClocks('r1', [here])).rejects.toThrow('is not over here')
    await parts.tests.stop({})
    expect(await parts.tests.keepClocks('r1', [here])).toEqual([here])
    expect(await parts.tests.keepClocks('r1', [clock('here', 9), there])).toEqual([here, there])
    expect(parts.tests.part('r1').clocks).toEqual([here, there])
    await expect(parts.tests.keepClocks('r2', [here])).rejects.toMatchObject({ kind: 'not-found' })
  })

  test('stopped while it drains is not waited for', async () => {
    await using parts = await openInfraParts(path, link)
    await withTest(parts, { amount: 1, drainMs: 3_600_000 })
    await parts.tests.start('chat', '0', {})
    await until('the test is draining', () => view(parts)?.state === 'draining')
    expect(view(parts)?.isRunning).toBe(true)
    expect(await parts.tests.stop({ group: 'chat' })).toMatchObject([{ state: 'done', end: 'stopped', sent: 1 }])
  })

  test('that is not ready in time fails, and says who is missing', async () => {
    await using parts = await openInfraParts(path, link)
    await withTest(parts)
    await parts.tests.start('chat', '0', { waitFor: [aKey('nobody')], names: ['tokyo'], self: 'london', waitMs: 20 })
    await ended(parts)
    expect(view(parts)).toMatchObject({
      ...{ end: 'failed', sent: 0 },
      reason: 'not ready within 0.02 s: tokyo is not in the group, as london sees it',
    })
  })

  test('waits for its time', async () => {
    await using parts = await openInfraParts(path, link)
    await withTest(parts, { amount: 1 })
    const at = (Date.now() + 80) * 1_000
    await parts.tests.start('chat', '0', { run: 'r', at })
    await ended(parts)
    expect([...parts.store.readSent('r')][0]?.sentAt).toBeGreaterThanOrEqual(at)
  })

  test('goes on while the Berty is away, where sends are to fail: what it sends then has failed, and is not sent again', async () => {
    await using parts = await openInfraParts(path, link)
    await withTest(parts, { amount: 1_000, intervalMs: 2, whileAway: 'fail' })
    await parts.tests.start('chat', '0', { run: 'r' })
    await until('two messages are sent', () => (view(parts)?.sent ?? 0) >= 2)
    link.put(undefined)
    await until('two sends have failed', () => (view(parts)?.sendErrors ?? 0) >= 2)
    link.put(berty)
    const before = view(parts)?.sent ?? 0
    await until('one more message is sent', () => (view(parts)?.sent ?? 0) > before)
    await parts.tests.stop({})
    const { sent } = await ledgerOf(parts, 'r')
    expect(sent.map(({ sequence }) => sequence)).toEqual(sent.map((_entry, index) => index + 1))
    expect(berty.messagesOf(chat).items).toHaveLength(sent.filter(({ outcome }) => outcome === 'sent').length)
  })

  test('ends with its group, and a reset ends all', async () => {
    await using parts = await openInfraParts(path, link)
    await withTest(parts, FOREVER)
    await parts.tests.start('chat', '0', { run: 'r' })
    await until('a message is sent', () => (view(parts)?.sent ?? 0) > 0)
    await parts.groups.leave('chat')
    await until('the test is gone', () => parts.tests.list({}).length === 0)
    expect(parts.store.readRun('r')?.tests).toMatchObject([
      { state: 'done', end: 'failed', reason: 'the group was left' },
    ])
    await withTest(parts, FOREVER)
    await parts.tests.start('chat', '0', { run: 'r2' })
    expect(await resetEverything(parts, { leaveGroups: true })).toEqual({
      ...{ testsStopped: 1, groupsForgotten: 1, runsDeleted: 2 },
    })
    expect([parts.tests.list({}), parts.groups.list(), parts.tests.runs(EVERY), [...berty.groups]]).toEqual([
      [],
      [],
      [],
      [],
    ])
    expect(() => parts.tests.part('r')).toThrow('no run r is known here')
  })
})

describe('media', () => {
  test('are refused where Berty has none, and say so', async () => {
    await using parts = await openInfraParts(path, link)
    await withTest(parts, { type: 'media' })
    await expect(parts.tests.start('chat', '0', {})).rejects.toMatchObject({
      ...{ kind: 'wrong-state', message: expect.stringContaining('has no media any more') },
    })
    expect(view(parts)?.state).toBe('planned')
  })

  test('are sent as labelled text when asked, as media where there are media', async () => {
    await using parts = await openInfraParts(path, link)
    await withTest(parts, { type: 'media', size: 3_000, amount: 1, mediaAsText: true })
    await parts.tests.start('chat', '0', { run: 'text' })
    await ended(parts)
    expect(view(parts)).toMatchObject({ end: 'completed', sent: 1, sentAsText: true })
    const { content } = berty.messagesOf(chat).items[0] ?? {}
    const body = content?.type === 'user' ? content.body : ''
    expect(parseHeader(body)).toMatchObject({ run: 'text', sequence: 1 })
    expect(
      Buffer.from(body.split(' ').at(-1) ?? '', 'base64')
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG')
    link.put(net.peer('one', { hasMedia: true, account: berty.details.account, era: 'A' }))
    await parts.tests.start('chat', '0', { run: 'media' })
    await ended(parts)
    expect(view(parts)).toMatchObject({ end: 'completed', sent: 1 })
    expect(view(parts)?.sentAsText).toBeUndefined()
  })
})

describe('members and keys', () => {
  test('each message counts for those who had our key when it was sent', async () => {
    await using parts = await openInfraParts(path, link)
    await withTest(parts, FOREVER)
    await parts.tests.start('chat', '0', { run: 'r' })
    await until('two messages are sent', () => (view(parts)?.sent ?? 0) >= 2)
    const { device, member } = berty.keysIn(chat)
    berty.membersOf(chat).add({ type: 'key-shared', device, withMember: member })
    berty.membersOf(chat).add({ type: 'key-shared', device, withMember: aKey('late') })
    await until(
      'the second epoch is kept',
      () => parts.store.readEpochs('r', { group: 'chat', test: '0' }).length === 2,
    )
    const at = view(parts)?.sent ?? 0
    await until('two more messages are sent', () => (view(parts)?.sent ?? 0) > at + 1)
    await parts.tests.stop({})
    expect(parts.tests.part('r').tests[0]?.epochs).toEqual([
      { epoch: 1, members: [] },
      { epoch: 2, members: [aKey('late')] },
    ])
    const epochs = (await ledgerOf(parts, 'r')).sent.map(({ epoch }) => epoch)
    expect(epochs).toEqual([...epochs].sort())
    expect(new Set(epochs)).toEqual(new Set([1, 2]))
  })

  test('an acknowledgement that overtakes the answer to its send counts as well', async () => {
    await using parts = await openInfraParts(path, link)
    await withTest(parts, { amount: 1 })
    await parts.groups.startReceiving('chat')
    const cid = aKey('early') as never
    berty.onSend = async () => {
      berty.receive(chat, 'two', { content: { type: 'acknowledge', target: cid } })
      // Another member's, of messages that nobody sent, drive out none.
      for (let at = 0; at < 17_000; at++)
        berty.receive(chat, 'forger', { content: { type: 'acknowledge', target: aKey(String(at)) as never } })
      await until('all acknowledgements are in', async () => {
        await parts.store.flush()
        return parts.groups.get('chat').acknowledgementsReceived === 17_001
      })
      return { outcome: 'sent', cid }
    }
    await parts.tests.start('chat', '0', { run: 'r' })
    await ended(parts)
    await until(
      'the acknowledgement is counted',
      async () => (await parts.store.flush(), view(parts)?.acknowledged === 1),
    )
    expect((await ledgerOf(parts, 'r')).acks).toMatchObject([{ cid, device: aKey('two') }])
  })
})

test('whoever drains is told of every message and acknowledgement that is read for the first time, with its run', async () => {
  await using parts = await openInfraParts(path, link)
  await withTest(parts, { amount: 1 })
  await parts.groups.startReceiving('chat')
  await parts.tests.start('chat', '0', { run: 'r' })
  await ended(parts)
  const news: (string | undefined)[] = []
  parts.groups.onNews((run) => news.push(run))
  const [own] = (await ledgerOf(parts, 'r')).sent
  const body = headerText({ run: 'r', test: '0', sequence: 1, sentAt: 1 })
  const first = berty.receive(chat, 'two', { body })
  berty.receive(chat, 'two', { cid: first.cid, body })
  berty.receive(chat, 'two', { body: 'short' })
  berty.receive(chat, '', { device: berty.keysIn(chat).device, body })
  berty.receive(chat, 'two', { content: { type: 'acknowledge', target: own?.cid as never } })
  berty.receive(chat, 'two', { content: { type: 'acknowledge', target: aKey('somebody else’s') as never } })
  berty.receive(chat, 'two', { body: headerText({ run: 'last', test: '0', sequence: 1, sentAt: 1 }) })
  await until('all is read', () => news.includes('last'))
  expect(news).toEqual(['r', undefined, 'r', 'last'])
})

describe('runs that other members of the group make up', () => {
  test('are never the newest one, and are listed apart from those in which this daemon sends', async () => {
    await using parts = await openInfraParts(path, link)
    await withTest(parts, { amount: 1 })
    await parts.groups.startReceiving('chat')
    await parts.tests.start('chat', '0', { run: 'asked-for' })
    await ended(parts)
    const later = (Date.now() + 60_000) * 1_000
    const body = headerText({ run: 'invented', test: '0', sequence: 1, sentAt: later })
    berty.receive(chat, 'forger', { body, receivedAt: later })
    await until('the invented run is there', () => parts.tests.runs(EVERY).length === 2)
    expect(parts.tests.runs(EVERY).map(({ run }) => run)).toEqual(['invented', 'asked-for'])
    expect(parts.tests.runs({ limit: 1, withTests: true }).map(({ run }) => run)).toEqual(['asked-for'])
    expect(parts.tests.part(undefined).run).toBe('asked-for')
  })

  test('a run that this daemon does not list has its ledger all the same', async () => {
    await using parts = await openInfraParts(path, link)
    await withTest(parts)
    await expect(ledgerOf(parts, 'nobody’s')).rejects.toMatchObject({ kind: 'not-found' })
    await parts.store.putReceived(aReceived({ group: 'chat' }), { body: 'x', sentDateMs: 1 })
    expect((await ledgerOf(parts, 'nobody’s')).received).toHaveLength(1)
  })
})

describe('a daemon that starts again', () => {
  test('goes on with what was running: the next number, the remaining amount, and what was under way is found out', async () => {
    const forget: (() => void)[] = []
    {
      await using parts = await openInfraParts(path, link)
      await withTest(parts, { amount: 8, intervalMs: 1 })
      // The third one is under way when the daemon ends, and never gets an answer.
      let sends = 0
      const original = berty.sendText.bind(berty)
      berty.sendText = (group, body, options) =>
        ++sends === 3 ? unanswered(options.signal) : original(group, body, options)
      forget.push(() => (berty.sendText = original))
      await parts.tests.start('chat', '0', { run: 'r' })
      await until('three intentions are kept', () => [...parts.store.readSent('r')].length === 3)
    }
    for (const each of forget) each()
    // The Berty is connected some time after the daemon has started: nothing fails for that.
    const later = new FakeLink()
    await using again = await openInfraParts(path, later)
    await until('it waits', () => view(again)?.state === 'waiting')
    expect(view(again)).toMatchObject({ run: 'r' })
    later.put(berty)
    await ended(again)
    expect(view(again)).toMatchObject({ end: 'completed', sent: 7, sentUnknown: 0, sendErrors: 1 })
    const { sent } = await ledgerOf(again, 'r')
    expect(sent.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(sent[2]).toMatchObject({ outcome: 'error', reason: 'interrupted' })
  })

  test('waits on where a test was preparing, and ends one that was draining', async () => {
    {
      await using parts = await openInfraParts(path, link)
      await withTest(parts, { amount: 1 })
      await parts.tests.define('chat', 'drains', aPlan({ amount: 1, drainMs: 300 }))
      await parts.tests.start('chat', '0', { run: 'r', waitFor: [aKey('two')] })
      await parts.tests.start('chat', 'drains', { run: 'r' })
      await until('the test is draining', () => view(parts, 'drains')?.state === 'draining')
    }
    await using again = await openInfraParts(path, link)
    expect([view(again)?.state, view(again, 'drains')?.state]).toEqual(['preparing', 'draining'])
    await until('the test has ended as completed', () => view(again, 'drains')?.end === 'completed')
    expect(view(again, 'drains')?.sent).toBe(1)
    expect(again.tests.part('r').endedAt).toBeUndefined()
    await again.tests.stop({})
    expect(again.tests.part('r').endedAt).toBeGreaterThan(0)
  })
})

describe('a daemon that only receives', () => {
  test('knows the run, its messages, and those that are too short to say', async () => {
    await using parts = await openInfraParts(path, link)
    await using sender = await openInfraParts(join(path, 'sender'), new FakeLink(net.peer('two')))
    const { invite } = await parts.groups.create('chat', { reuse: false })
    await parts.groups.startReceiving('chat')
    await sender.groups.join('chat', fakeInvites.encode(invite))
    for (const [key, size] of [
      ['long', 300],
      ['short', 10],
    ] as const) {
      await sender.tests.define('chat', key, aPlan({ amount: 2, size }))
      await sender.tests.start('chat', key, { run: `run-${key}` })
    }
    await until(
      'four messages are kept',
      async () => (await parts.store.flush(), parts.groups.get('chat').messagesReceived === 4),
    )
    expect(parts.tests.part('run-long')).toMatchObject({ run: 'run-long', groups: [{ name: 'chat' }], tests: [] })
    expect(parts.tests.part('run-long').endedAt).toBeGreaterThan(0)
    const long = await ledgerOf(parts, 'run-long')
    expect(long.received.map(({ test, sequence }) => [test, sequence])).toEqual(
      expect.arrayContaining([
        ['long', 1],
        ['long', 2],
        [undefined, undefined],
      ]),
    )
    // Nobody here has heard of this run: its messages are known by their cids alone.
    const short = await ledgerOf(parts, 'run-short')
    const sent = (await ledgerOf(sender, 'run-short')).sent.map(({ cid }) => cid)
    expect(short.received.map(({ cid }) => cid).sort()).toEqual(sent.sort())
  })
})

test('of 10000 runs none is lost, and one more is refused until a reset', async () => {
  await using parts = await openInfraParts(path, link)
  await withTest(parts, { amount: 1 })
  for (let i = 0; i < 9_999; i++)
    void parts.store.putTest({ ...aTest({ group: 'chat', state: 'done', run: `old-${i}`, startedAt: i, endedAt: i }) })
  await parts.tests.start('chat', '0', { run: 'last' })
  await ended(parts)
  const refused = { kind: 'wrong-state', hint: expect.stringContaining('reset') }
  await expect(parts.tests.start('chat', '0', {})).rejects.toMatchObject(refused)
  expect(parts.tests.runs(EVERY)).toHaveLength(10_000)
  expect(parts.tests.runs({ limit: 2, withTests: false }).map(({ run }) => run)).toEqual(['last', 'old-9998'])
  await resetEverything(parts, { leaveGroups: false })
  await withTest(parts, { amount: 1 })
  await parts.tests.start('chat', '0', {})
  await ended(parts)
})

test('listeners hear of many changes at once', async () => {
  await using parts = await openInfraParts(path, link)
  await withTest(parts, { amount: 200, intervalMs: 0.001 })
  let told = 0
  const stop = parts.tests.onChange(() => told++)
  await parts.tests.start('chat', '0', {})
  await ended(parts)
  stop()
  expect(view(parts)?.sent).toBe(200)
  expect(told).toBeGreaterThanOrEqual(3)
  expect(told).toBeLessThan(50)
})
