import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import type { InfraStore } from '../../../../../src/daemon/infra/contract/store.js'
import { openInfraStore } from '../../../../../src/daemon/infra/store/index.js'
import { aCid, aGroup, aKey, aReceived, aSent, aTest } from '../../../../support/infra-builders.js'
import { until } from '../../../../support/until.js'
import { tempDir } from '../../../../support/temp-dir.js'

let path: string
beforeEach(async () => {
  const temp = await tempDir()
  path = temp.path
  return temp.remove
})

/** What a store that is opened again says. */
async function reopened<T>(read: (store: Awaited<ReturnType<typeof openInfraStore>>) => T): Promise<T> {
  await using store = await openInfraStore(path)
  return read(store)
}

describe('groups and tests', () => {
  test('come back as they were, invite and all', async () => {
    const group = aGroup({ name: 'Grüße / und\u00a0mehr', self: { member: aKey('m'), device: aKey('d') } })
    const started = aTest({ state: 'running', run: 'r1', startedAt: 5 })
    {
      await using store = await openInfraStore(path)
      await store.putGroup(group)
      await store.putTest(started)
    }
    expect(await reopened((store) => [store.readGroups(), store.readTests()])).toEqual([[group], [started]])
  })

  test('a test started again keeps its older run', async () => {
    await using store = await openInfraStore(path)
    const first = aTest({ state: 'done', end: 'completed', run: 'r1', startedAt: 1, endedAt: 2 })
    const second = aTest({ state: 'running', run: 'r2', startedAt: 3 })
    await store.putTest(first)
    await store.putTest(second)
    expect(store.readTests()).toEqual([second])
    expect(store.readRuns()).toEqual([
      { run: 'r2', startedAt: 3, endedAt: undefined, tests: [second], receivedIn: [] },
      { run: 'r1', startedAt: 1, endedAt: 2, tests: [first], receivedIn: [] },
    ])
    expect(store.countRuns()).toBe(2)
  })

  test('how clocks differ is kept with a run', async () => {
    const [first, later] = [
      { device: aKey('d'), offsetUs: -5, errorUs: 2 },
      { device: aKey('d'), offsetUs: 7, errorUs: 1 },
    ]
    {
      await using store = await openInfraStore(path)
      expect(await store.keepClocks('r1', [first])).toEqual([first])
      expect(await store.keepClocks('r1', [later])).toEqual([first])
    }
    expect(await reopened((store) => [store.readClocks('r1'), store.readClocks('r2')])).toEqual([[first], []])
  })

  test('the files are for this user only', async () => {
    await using _store = await openInfraStore(path)
    const modes = await Promise.all(
      ['infra', 'infra/data.mdb', 'infra/lock.mdb'].map(async (name) => (await stat(join(path, name))).mode & 0o077),
    )
    expect(modes).toEqual([0, 0, 0])
  })
})

describe('received messages', () => {
  test('are known at once, before anything is on disk, and after a restart', async () => {
    {
      await using store = await openInfraStore(path)
      expect(store.isNew('g', aCid('a'))).toBe(true)
      const kept = store.putReceived(aReceived({ cid: aCid('a') }))
      expect(store.isNew('g', aCid('a'))).toBe(false)
      expect(store.isNew('other', aCid('a'))).toBe(true)
      await kept
      expect(store.isNew('g', aCid('a'))).toBe(false)
    }
    expect(await reopened((store) => [store.isNew('g', aCid('a')), store.isNew('g', aCid('b'))])).toEqual([false, true])
  })

  test('keep every field, and their text', async () => {
    await using store = await openInfraStore(path)
    const full = aReceived({ cid: aCid('a'), run: 'r', test: 'Prüfung', sequence: 2 ** 40, isOutOfOrder: true })
    const bare = aReceived({ cid: aCid('b'), isLive: false })
    void store.putReceived(full)
    void store.putReceived(bare, { body: 'Hallo Welt 🙂', sentDateMs: 1_700_000_000_123 })
    await store.flush()
    expect([...store.readReceived({ group: 'g' })]).toEqual([full, bare])
    expect([...store.readMessages({ group: 'g' })]).toEqual([
      { ...full, position: 0, body: '', sentDateMs: undefined },
      { ...bare, position: 1, body: 'Hallo Welt 🙂', sentDateMs: 1_700_000_000_123 },
    ])
    expect([...store.readMessages({ group: 'g', newest: 1 })].map(({ position }) => position)).toEqual([1])
  })

  test('are read by run, with those that do not say of which they are', async () => {
    await using store = await openInfraStore(path)
    for (const [cid, run] of [
      ['a', 'r1'],
      ['b', 'r2'],
      ['c', undefined],
      ['d', 'r1'],
    ] as const)
      void store.putReceived(aReceived({ cid: aCid(cid), ...(run === undefined ? {} : { run }) }))
    await store.flush()
    const cids = (run: string): string[] => [...store.readReceived({ group: 'g', run })].map(({ cid }) => cid)
    expect(cids('r1')).toEqual([aCid('a'), aCid('c'), aCid('d')])
    expect(cids('r2')).toEqual([aCid('b'), aCid('c')])
    expect(cids('never heard of')).toEqual([aCid('c')])
    expect(store.readRun('r2')).toMatchObject({ run: 'r2', tests: [], receivedIn: ['g'] })
  })

  test('count repeats with the message, also with one that is not on disk yet', async () => {
    await using store = await openInfraStore(path)
    void store.putReceived(aReceived({ cid: aCid('a') }))
    void store.addRepeat('g', aCid('a'))
    void store.addRepeat('g', aCid('a'))
    void store.addRepeat('g', aCid('unknown'))
    await store.flush()
    expect([...store.readReceived({ group: 'g' })].map(({ repeats }) => repeats)).toEqual([2])
    expect(store.readGroupCounts('g')).toEqual({ messages: 1, acknowledgements: 0 })
  })

  test('go with their group, and a new group of that name starts with nothing', async () => {
    await using store = await openInfraStore(path)
    await store.putGroup(aGroup())
    for (let i = 0; i < 5_000; i++) void store.putReceived(aReceived({ cid: aCid(String(i)), run: 'r' }))
    await store.flush()
    await store.deleteGroup('g')
    expect([store.readGroups(), store.isNew('g', aCid('1')), store.readRuns()]).toEqual([[], true, []])
    void store.putReceived(aReceived({ cid: aCid('1') }))
    await store.flush()
    expect([...store.readReceived({ group: 'g' })]).toHaveLength(1)
    await until('the message is kept', async () => (await store.flush(), store.readGroupCounts('g').messages === 1))
  })
})

describe('a sender that names ever new runs', () => {
  const flood = (store: InfraStore, count: number): void => {
    for (let i = 0; i < count; i++)
      void store.putReceived(aReceived({ cid: aCid(String(i)), device: aKey('forger'), run: `run-${i}` }))
  }
  const cidsOf = (store: InfraStore, run: string): string[] =>
    [...store.readReceived({ group: 'g', run })].map(({ cid }) => cid)

  test('fills neither memory nor lists, and each of its messages is found by its run, after a restart too', async () => {
    {
      await using store = await openInfraStore(path)
      flood(store, 1_002)
      await store.flush()
      expect(store.readRuns()).toHaveLength(1_000)
      expect(cidsOf(store, 'run-1001')).toEqual([aCid('1001')])
      expect(cidsOf(store, 'run-3')).toEqual([aCid('3')])
    }
    expect(await reopened((store) => [...store.readMessages({ group: 'g', newest: 1 })])).toMatchObject([
      { run: 'run-1001', cid: aCid('1001'), body: '' },
    ])
  })

  test('takes nothing from others: their runs are listed, and so is one that our controller asked for', async () => {
    await using store = await openInfraStore(path)
    await store.putTest(aTest({ state: 'running', run: 'run-1500', startedAt: 5 }))
    await store.beginSend('run-1500', { group: 'g', test: '0', sequence: 1, sentAt: 7, size: 3, epoch: 1 })
    flood(store, 2_000)
    void store.putReceived(aReceived({ cid: aCid('honest'), device: aKey('honest'), run: 'later' }))
    await store.flush()
    expect(store.readRun('later')).toMatchObject({ receivedIn: ['g'] })
    expect(store.readRun('run-1500')).toMatchObject({ receivedIn: ['g'], tests: [{ run: 'run-1500' }] })
    expect(cidsOf(store, 'later')).toEqual([aCid('honest')])
  })
})

describe('sends', () => {
  const intention = (sequence: number) => ({ group: 'g', test: '0', sequence, sentAt: 7, size: 3, epoch: 1 })

  test('an intention without an outcome becomes unknown, once', async () => {
    {
      await using store = await openInfraStore(path)
      await store.beginSend('r', intention(0))
      await store.endSend('r', aSent({ sequence: 0 }))
      await store.beginSend('r', intention(1))
    }
    await using store = await openInfraStore(path)
    expect(store.lastSequence('r', { group: 'g', test: '0' })).toBe(1)
    expect([await store.settleSends('r'), await store.settleSends('r')]).toEqual([1, 0])
    // The outcome of a send that was settled meanwhile comes too late to be counted.
    await store.endSend('r', aSent({ sequence: 1 }))
    expect([...store.readSent('r')]).toEqual([
      aSent({ sequence: 0 }),
      { ...intention(1), outcome: 'unknown', tookUs: 0 },
    ])
    expect(store.readCounts('r', { group: 'g', test: '0' })).toEqual({
      sent: 1,
      errors: 0,
      unknown: 1,
      acknowledged: 0,
    })
  })

  test('are found by their cid; the clock of another process is worth nothing', async () => {
    {
      await using store = await openInfraStore(path)
      await store.beginSend('r', intention(0))
      const ended = store.endSend('r', aSent({ sequence: 0 }), 123.5)
      expect(store.findSend('g', aCid('sent'))).toEqual({ run: 'r', test: '0', handedOverAt: 123.5 })
      expect(store.isNew('g', aCid('sent'))).toBe(false)
      await ended
    }
    expect(await reopened((store) => store.findSend('g', aCid('sent')))).toEqual({
      ...{ run: 'r', test: '0', handedOverAt: undefined },
    })
  })

  test('an acknowledgement counts once for each device', async () => {
    await using store = await openInfraStore(path)
    const ack = { group: 'g', cid: aCid('sent'), receivedAt: 9 }
    void store.putAck('r', '0', { ...ack, device: aKey('a'), roundTripUs: 17 })
    void store.putAck('r', '0', { ...ack, device: aKey('a'), roundTripUs: 99 })
    void store.putAck('r', '0', { ...ack, device: aKey('b') })
    await store.flush()
    const acks = [...store.readAcks('r')]
    expect(acks).toHaveLength(2)
    expect(acks).toEqual(
      expect.arrayContaining([
        { ...ack, device: aKey('a'), roundTripUs: 17 },
        { ...ack, device: aKey('b') },
      ]),
    )
    expect(store.readCounts('r', { group: 'g', test: '0' }).acknowledged).toBe(2)
  })

  test('the epochs of a test come back in their order', async () => {
    await using store = await openInfraStore(path)
    const of = { group: 'g', test: '0' }
    for (const epoch of [0, 1, 10, 2]) await store.putEpoch('r', of, { epoch, members: [aKey(String(epoch))] })
    await store.putEpoch('r', { group: 'g', test: '00' }, { epoch: 0, members: [] })
    expect(store.readEpochs('r', of).map(({ epoch }) => epoch)).toEqual([0, 1, 2, 10])
  })
})

test('cleared, it holds nothing, and takes new things at once', async () => {
  {
    await using store = await openInfraStore(path)
    await store.putGroup(aGroup())
    await store.putTest(aTest({ run: 'r', startedAt: 1 }))
    void store.putReceived(aReceived({ run: 'r' }))
    const cleared = store.clear()
    void store.putReceived(aReceived({ run: 'r2', device: aKey('later') }))
    expect(await cleared).toBe(1)
    expect([store.readGroups(), store.readTests(), store.countRuns()]).toEqual([[], [], 0])
  }
  expect(await reopened((store) => store.readRuns().map(({ run }) => run))).toEqual(['r2'])
})
