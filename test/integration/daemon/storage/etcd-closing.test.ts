import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Storage } from '../../../../src/daemon/storage/index.js'
import { channelId, cogs } from '../../../../src/shared/units.js'
import { aRecord } from '../../../support/channel-builders.js'
import { type Etcd, startEtcd } from '../../../support/etcd.js'
import { aGroup, etcdStores } from '../../../support/etcd-store.js'
import { authorized, payOnce } from './channel-store-contract.js'

let etcd: Etcd
beforeAll(async () => {
  etcd = await startEtcd()
})
afterAll(() => etcd[Symbol.asyncDispose]())
const stores = etcdStores(() => etcd, { requestTimeoutMs: 30_000, leaseSeconds: 60 })
afterEach(() => stores.closeAll())

const seven = channelId(7n)

async function close(store: Storage): Promise<number> {
  const begun = performance.now()
  await store[Symbol.asyncDispose]()
  return performance.now() - begun
}

test('closing waits little for an etcd that hangs, whatever is held and watched', async () => {
  const { store, proxy } = await stores.open()
  const holds = await Promise.all([7n, 8n, 9n].map((id) => store.channels.hold(channelId(id))))
  proxy.freeze({ newOnes: true })
  const releasing = holds.map((hold) => hold[Symbol.asyncDispose]())
  // It was 40 s while every question had its own time.
  expect(await close(store)).toBeLessThan(10_000)
  await Promise.all(releasing)
})

test('closing waits for a payment that etcd has not answered yet', async () => {
  const group = aGroup()
  const [{ store, proxy }, { store: other }] = [await stores.open(group), await stores.open(group)]
  const hold = await store.channels.hold(seven)
  proxy.freeze({ newOnes: true })
  const commit = hold.commit({ channel: aRecord({ authorized: cogs(5n) }) })
  const closing = close(store)
  // Longer than closing waits for all else.
  setTimeout(() => proxy.thaw(), 2_500)
  await commit
  await closing
  expect(await authorized(other.channels)).toBe(5n)
  await payOnce(other.channels)
})

test('a store that is closed has given back all that it held, long before its lease would end', async () => {
  const group = aGroup()
  const [{ store }, { store: other }] = [await stores.open(group), await stores.open(group)]
  await store.channels.hold(seven)
  await close(store)
  await payOnce(other.channels)
})
