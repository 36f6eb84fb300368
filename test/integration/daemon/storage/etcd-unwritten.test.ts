import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { LogFields } from '../../../../src/daemon/observability/index.js'
import { MessageWriter } from '../../../../src/daemon/storage/etcd/protobuf.js'
import { channelId, cogs } from '../../../../src/shared/units.js'
import { aRecord } from '../../../support/channel-builders.js'
import { COUNTS, raise } from '../../../support/count-table.js'
import { type Etcd, startEtcd } from '../../../support/etcd.js'
import { aGroup, etcdStores } from '../../../support/etcd-store.js'
import { until } from '../../../support/until.js'
import { authorized, payOnce } from './channel-store-contract.js'

let etcd: Etcd
beforeAll(async () => {
  etcd = await startEtcd()
})
afterAll(() => etcd[Symbol.asyncDispose]())
const told: { readonly message: string; readonly error: unknown }[] = []
const log = { error: (message: string, fields?: LogFields) => void told.push({ message, error: fields?.['error'] }) }
const stores = etcdStores(() => etcd, { log })
afterEach(async () => {
  repair()
  await stores.closeAll()
  told.length = 0
})

const MISTAKE = new RangeError('a mistake of ours')
const seven = channelId(7n)
const eight = channelId(8n)
let mistakes = 0

/** From now on no question can be written that has a key or a value with these words in it. */
function spoil(words: string): void {
  mistakes = 0
  const { text } = MessageWriter.prototype as {
    readonly text: (this: MessageWriter, field: number, value: string) => void
  }
  vi.spyOn(MessageWriter.prototype, 'text').mockImplementation(function (this: MessageWriter, field, value) {
    if (!value.includes(words)) return text.call(this, field, value)
    mistakes++
    throw MISTAKE
  })
}
const repair = (): void => void vi.restoreAllMocks()

const isBug = { kind: 'bug', cause: { cause: MISTAKE } }
const isUnknown = { kind: 'unavailable', message: 'payment state unknown, read the channel state' }
const isTold = (): void =>
  expect(told).toEqual([{ message: 'a question to etcd could not be written', error: MISTAKE }])

test('a hold that we cannot ask for is a fault of ours, asked for once, and of nobody beside it', async () => {
  const { store } = await stores.open()
  spoil('{ID: 7}')
  const [ours, other] = await Promise.allSettled([store.channels.hold(seven), payOnce(store.channels, eight)])
  expect(ours).toMatchObject({ status: 'rejected', reason: isBug })
  expect(other.status).toBe('fulfilled')
  expect(mistakes).toBeLessThan(4)
  isTold()
  expect(await store.health()).toEqual({ ok: true })
  repair()
  await payOnce(store.channels)
  expect(await authorized(store.channels)).toBe(5n)
})

test('a commit that we cannot write is not done, and its channel is free', async () => {
  const { store } = await stores.open()
  const hold = await store.channels.hold(seven)
  spoil('/storage/{ID: 7}')
  await expect(hold.commit({ channel: aRecord({ authorized: cogs(5n) }) })).rejects.toMatchObject(isBug)
  await hold[Symbol.asyncDispose]()
  isTold()
  repair()
  expect(await authorized(store.channels)).toBeUndefined()
  await payOnce(store.channels)
})

test('what cannot be read by a fault of ours is told as that, and what is read with it is read', async () => {
  const { store } = await stores.open()
  await payOnce(store.channels)
  spoil('{ID: 8}')
  const [seen, unseen] = await Promise.allSettled([store.channels.read(seven), store.channels.read(eight)])
  expect(seen).toMatchObject({ status: 'fulfilled', value: { authorized: 5n } })
  expect(unseen).toMatchObject({ status: 'rejected', reason: isBug })
  isTold()
})

test('a commit that may be done is not taken for undone because we cannot write the next question', async () => {
  const group = aGroup()
  const [{ store, proxy }, { store: other }] = [await stores.open(group), await stores.open(group)]
  const hold = await store.channels.hold(seven)
  proxy.holdAnswers()
  const commit = hold.commit({ channel: aRecord({ authorized: cogs(5n) }) })
  await until('etcd has it', async () => (await authorized(other.channels)) === 5n)
  spoil('')
  proxy.cut()
  await expect(commit).rejects.toMatchObject(isUnknown)
  repair()
  await hold[Symbol.asyncDispose]()
  await payOnce(store.channels)
  expect(await authorized(store.channels)).toBe(10n)
})

test('a record that may be changed is not taken for unchanged because we cannot write the next question', async () => {
  const group = aGroup()
  const [{ store, proxy }, { store: other }] = [await stores.open(group), await stores.open(group)]
  const counts = store.table(COUNTS)
  await raise(counts, 'a')
  proxy.holdAnswers()
  const change = raise(counts, 'a')
  await until('etcd has it', async () => (await other.table(COUNTS).read('a')) === 2n)
  spoil('')
  proxy.cut()
  await expect(change).rejects.toMatchObject(isUnknown)
})

test('a lock that we cannot ask to be given back is told of, and is given back once we can', async () => {
  const group = aGroup()
  const [{ store }, { store: other }] = [await stores.open(group), await stores.open(group)]
  const hold = await store.channels.hold(seven)
  spoil('{ID: 7}')
  await hold[Symbol.asyncDispose]()
  isTold()
  repair()
  await until('the other one gets it', async () => {
    await using next = await other.channels.hold(seven).catch(() => undefined)
    return next !== undefined
  })
})

test('a hold that may be taken is given back where we cannot write the question after it', async () => {
  const group = aGroup()
  const [{ store, proxy }, { store: other }] = [await stores.open(group), await stores.open(group)]
  proxy.holdAnswers()
  const holding = store.channels.hold(seven)
  await until('etcd has it', async () => (await other.channels.heldOn(seven)) !== undefined)
  spoil('/lock/{ID: 7}')
  proxy.cut()
  await expect(holding).rejects.toMatchObject(isBug)
  repair()
  await until('the other one gets it', async () => {
    await using next = await other.channels.hold(seven).catch(() => undefined)
    return next !== undefined
  })
})
