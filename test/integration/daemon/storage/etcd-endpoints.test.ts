import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStorage, type Storage } from '../../../../src/daemon/storage/index.js'
import { Lifecycle } from '../../../../src/shared/lifecycle.js'
import { type Address, channelId, cogs } from '../../../../src/shared/units.js'
import { aRecord } from '../../../support/channel-builders.js'
import { type Etcd, type EtcdCluster, startEtcd, startEtcdCluster } from '../../../support/etcd.js'
import { aGroup } from '../../../support/etcd-store.js'
import { quietLog } from '../../../support/quiet-log.js'
import { tempDir } from '../../../support/temp-dir.js'

const ID = channelId(7n)

let life: Lifecycle
let cluster: EtcdCluster
let another: Etcd
let store: Storage

beforeAll(async () => {
  life = new Lifecycle()
  cluster = await life.own('cluster', startEtcdCluster())
  another = await life.own('another etcd', startEtcd())
  const { path } = await life.own('directory', tempDir())
  const etcd = {
    ...{ endpoints: cluster.endpoints.slice(0, 1), tls: {}, auth: undefined, leaseSeconds: 10 },
    ...{ connectionTimeoutMs: 60_000, requestTimeoutMs: 20_000, toAddress: (text: string) => text as Address },
  }
  const opening = openStorage({ type: 'etcd', etcd, dataDir: { path }, identity: aGroup() }, { log: quietLog() })
  store = await life.own('store', opening)
}, 180_000)

afterAll(async () => await life[Symbol.asyncDispose](), 60_000)

const pay = async (amount: bigint): Promise<void> => {
  await using hold = await store.channels.hold(ID)
  await hold.commit({ channel: aRecord({ id: ID, authorized: cogs(amount) }) })
}
const kept = async (): Promise<bigint | undefined> => (await store.channels.read(ID))?.authorized
const use = async (...endpoints: string[]): Promise<unknown> =>
  await store.useEndpoints?.(endpoints).catch((fault: unknown) => fault)

test('the store is reached at other members of its etcd, with a payment in flight meanwhile', async () => {
  await pay(1n)
  const hold = await store.channels.hold(ID)
  expect(await use(...cluster.endpoints.slice(1))).toBeUndefined()
  await hold.commit({ channel: aRecord({ id: ID, authorized: cogs(2n) }) })
  await hold[Symbol.asyncDispose]()
  await cluster.members[0]?.kill()
  await cluster.leader()
  await pay(3n)
  expect(await kept()).toBe(3n)
}, 120_000)

test('another etcd is not used, not even beside the one that is', async () => {
  const refusal = { kind: 'invalid-config', message: expect.stringContaining('another one') as string }
  expect(await use(another.endpoint)).toMatchObject(refusal)
  expect(await use(another.endpoint, ...cluster.endpoints.slice(1))).toMatchObject(refusal)
  await pay(4n)
  expect(await kept()).toBe(4n)
}, 120_000)

test('where nobody answers nothing changes', async () => {
  expect(await use(cluster.endpoints[0] as string)).toMatchObject({ kind: 'unavailable' })
  await pay(5n)
  expect(await kept()).toBe(5n)
}, 120_000)
