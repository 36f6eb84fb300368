import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { beforeEach, expect, test } from 'vitest'
import { openInfraStore } from '../../../../../src/daemon/infra/store/index.js'
import { packageRoot } from '../../../../../src/shared/package.js'
import { aCid, aGroup, aKey, aPlan, aReceived, aSent, aTest } from '../../../../support/infra-builders.js'
import { tempDir } from '../../../../support/temp-dir.js'

let path: string
beforeEach(async () => {
  const temp = await tempDir()
  path = temp.path
  await mkdir(join(path, 'infra'))
  // Written by the first version that had a control daemon.
  const packed = await readFile(join(packageRoot, 'test/fixtures/infra-store/first.mdb.gz'))
  await writeFile(join(path, 'infra/data.mdb'), gunzipSync(packed))
  return temp.remove
})

const finished = aTest({
  ...{ group: 'chat', plan: aPlan({ amount: 4 }), state: 'done', end: 'completed', run: 'run-1' },
  ...{ startedAt: 1_000, endedAt: 9_000 },
})
const running = aTest({
  ...{ group: 'chat', test: 'second', plan: aPlan({ amount: 9, rate: 5, rampSeconds: 1 }), state: 'running' },
  ...{ run: 'run-3', startedAt: 12_000, start: { waitFor: [aKey('d2')], waitMs: 5, at: 0 } },
})
/** Versions of then did not keep the counter. */
const received = (over: Parameters<typeof aReceived>[0]) => {
  const { counter: _counter, ...entry } = aReceived({ group: 'chat', ...over })
  return entry
}

test('a store of the first version opens with everything in it', async () => {
  await using store = await openInfraStore(path)
  expect(store.readGroups()).toEqual([
    aGroup({ name: 'Grüße', publicKey: aKey('other'), isActive: false }),
    aGroup({ name: 'chat', isReceiving: true, self: { member: aKey('own member'), device: aKey('own device') } }),
  ])
  expect(store.readTests()).toEqual([finished, running])
  expect(store.readRuns()).toEqual([
    { run: 'run-3', startedAt: 12_000, endedAt: undefined, tests: [running], receivedIn: [] },
    { run: 'run-2', startedAt: 3_500, endedAt: 3_500, tests: [], receivedIn: ['chat'] },
    { run: 'run-1', startedAt: 1_000, endedAt: 9_000, tests: [finished], receivedIn: ['chat'] },
  ])
  expect(store.readEpochs('run-1', finished)).toEqual([
    { epoch: 1, members: [aKey('m2')] },
    { epoch: 2, members: [aKey('m2'), aKey('m3')] },
  ])
  const sent = (sequence: number, epoch: number) => aSent({ group: 'chat', sequence, epoch, sentAt: 1_999 + sequence })
  const { cid: _none, ...withoutCid } = sent(3, 2)
  expect([...store.readSent('run-1')]).toEqual([
    { ...sent(1, 1), cid: aCid('s1') },
    { ...sent(2, 2), cid: aCid('s2') },
    { ...withoutCid, outcome: 'error' },
    { ...withoutCid, sequence: 4, sentAt: 2_003, outcome: 'unknown' },
  ])
  expect(store.readCounts('run-1', finished)).toEqual({ sent: 2, errors: 1, unknown: 1, acknowledged: 1 })
  expect([...store.readAcks('run-1')]).toEqual([
    { group: 'chat', cid: aCid('s1'), device: aKey('d2'), receivedAt: 5_000, roundTripUs: 77 },
  ])
  const first = received({
    cid: aCid('r1'),
    device: aKey('d2'),
    run: 'run-1',
    test: '0',
    sequence: 1,
    receivedAt: 3_000,
    repeats: 1,
  })
  const short = received({ cid: aCid('r3'), device: aKey('d3'), receivedAt: 4_000 })
  expect([...store.readReceived({ group: 'chat', run: 'run-1' })]).toEqual([first, short])
  expect([...store.readMessages({ group: 'chat' })]).toEqual([
    { ...first, position: 0, body: '', sentDateMs: undefined },
    {
      ...received({
        cid: aCid('r2'),
        device: aKey('d2'),
        run: 'run-2',
        test: 'Prüfung',
        sequence: 2,
        receivedAt: 3_500,
      }),
      ...{ isOutOfOrder: true, isLive: false, position: 1, body: '', sentDateMs: undefined },
    },
    { ...short, position: 2, body: 'Hallo 🙂', sentDateMs: 1_700_000_000_123 },
  ])
  for (const id of ['r1', 'r2', 'r3', 's1', 's2', 'ack', 'own']) expect(store.isNew('chat', aCid(id))).toBe(false)
  expect(store.findSend('chat', aCid('s1'))).toEqual({ run: 'run-1', test: '0', handedOverAt: undefined })
})

test('and goes on: what was under way is settled, and what comes now stands beside what is there', async () => {
  await using store = await openInfraStore(path)
  expect(await store.settleSends('run-3')).toBe(1)
  await store.putReceived(aReceived({ group: 'chat', cid: aCid('new'), device: aKey('d2'), counter: 9n, run: 'run-1' }))
  expect([...store.readReceived({ group: 'chat', run: 'run-1' })].map(({ cid, counter }) => [cid, counter])).toEqual([
    [aCid('r1'), undefined],
    [aCid('r3'), undefined],
    [aCid('new'), 9n],
  ])
})
