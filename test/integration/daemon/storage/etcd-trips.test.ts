import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  createPayments,
  prepaidTable,
  reserveFreeCall,
  reservePrepaid,
  Usages,
} from '../../../../src/daemon/payments/index.js'
import { freeCallTable, openStorage, type Storage } from '../../../../src/daemon/storage/index.js'
import { Cancellation } from '../../../../src/shared/cancellation.js'
import { Lifecycle } from '../../../../src/shared/lifecycle.js'
import { type Address, channelId, channelNonce } from '../../../../src/shared/units.js'
import { aRecord } from '../../../support/channel-builders.js'
import { type Etcd, startEtcd } from '../../../support/etcd.js'
import { aGroup } from '../../../support/etcd-store.js'
import { FreeCallWorld, NAMES, proofOf } from '../../../support/free-call-world.js'
import { prepaidDeps } from '../../../support/prepaid-deps.js'
import { quietLog } from '../../../support/quiet-log.js'
import { tempDir } from '../../../support/temp-dir.js'
import { until } from '../../../support/until.js'
import { aTokenRequest } from '../../../unit/daemon/payments/prepaid/replica.js'
import { METHOD, World } from '../../../unit/daemon/payments/world.js'
import { payOnce } from './channel-store-contract.js'

let life: Lifecycle
let etcd: Etcd
const identity = { ...aGroup(), organization: NAMES.organization, group: NAMES.group }
const toAddress = (text: string): Address => text as Address

beforeAll(async () => {
  life = new Lifecycle()
  etcd = await life.own('etcd', startEtcd())
}, 60_000)
afterAll(async () => await life[Symbol.asyncDispose](), 60_000)

/** Requests that etcd was sent so far, those of its watches and leases apart. */
async function requests(): Promise<number> {
  return await count('grpc_server_started_total', 'etcdserverpb.KV')
}

async function count(metric: string, service: string): Promise<number> {
  const metrics = await (await fetch(`${etcd.endpoint}/metrics`)).text()
  const counts = metrics.matchAll(new RegExp(`^${metric}\\{.*grpc_service="${service}".*\\} (\\S+)$`, 'gm'))
  return [...counts].reduce((sum, [, each]) => sum + Number(each), 0)
}

/** A daemon's store that has told etcd all that it asks of it by itself. */
async function openQuiet(name: string): Promise<Storage> {
  const before = await count('grpc_server_started_total', 'etcdserverpb.Watch')
  const { path } = await life.own(`directory of ${name}`, tempDir())
  const settings = {
    ...{ endpoints: [etcd.endpoint], tls: {}, auth: undefined, leaseSeconds: 60, toAddress },
    ...{ connectionTimeoutMs: 20_000, requestTimeoutMs: 20_000 },
  }
  const opening = openStorage({ type: 'etcd', etcd: settings, dataDir: { path }, identity }, { log: quietLog() })
  const store = await life.own(name, opening)
  await until('it follows what others say', async () => {
    return (await count('grpc_server_started_total', 'etcdserverpb.Watch')) >= before + FOLLOWED
  })
  return store
}
/** Who shares the store, and whose holds are to be ended. */
const FOLLOWED = 2

async function requestsOf(work: () => Promise<unknown>): Promise<number> {
  const before = await requests()
  await work()
  return (await requests()) - before
}

test('a payment makes two requests, its channel’s first one as well, whichever daemon had it before', async () => {
  const [first, second] = [await openQuiet('first'), await openQuiet('second')]
  const [seven, eight] = [channelId(7n), channelId(8n)]
  expect(await requestsOf(() => payOnce(first.channels, seven))).toBe(2)
  expect(await requestsOf(() => payOnce(first.channels, seven))).toBe(2)
  expect(await requestsOf(() => payOnce(second.channels, seven))).toBe(2)
  expect(await requestsOf(() => payOnce(first.channels, seven))).toBe(2)
  await using _hold = await second.channels.hold(seven)
  expect(await requestsOf(() => first.channels.hold(seven).catch(() => undefined))).toBe(2)
  const both = [seven, eight].map((id) => channelId(id + 10n))
  expect(await requestsOf(() => Promise.all(both.map((id) => payOnce(first.channels, id))))).toBe(2)
}, 60_000)

test('a prepaid call makes two requests once its channel was seen, four before', async () => {
  const store = await openQuiet('of prepaid calls')
  const world = new World()
  const usages = new Usages(store.table(prepaidTable), store.processes)
  const deps = { ...world.deps, ...prepaidDeps(), usages, channels: store.channels }
  const payments = createPayments(deps)
  const { token } = await payments.requestToken(aTokenRequest(100n), new Cancellation())
  const other = await openQuiet('another of prepaid calls')
  const elsewhere = {
    ...deps,
    usages: new Usages(other.table(prepaidTable), other.processes),
    channels: other.channels,
  }
  const call = async (from: typeof deps, nonce?: bigint): Promise<void> => {
    const shown = { channel: channelId(7n), token, nonce: nonce === undefined ? undefined : channelNonce(nonce) }
    await using reservation = await reservePrepaid(from, shown, { method: METHOD, cancelled: new Cancellation() })
    await reservation.commit()
  }
  expect(await requestsOf(() => call(elsewhere))).toBe(4)
  expect(await requestsOf(() => call(elsewhere))).toBe(2)
  expect(await requestsOf(() => call(elsewhere, 3n))).toBe(2)
  // A claim by the first daemon has begun the next nonce, which the other has not seen.
  await using hold = await store.channels.hold(channelId(7n))
  await hold.commit({ channel: aRecord({ nonce: channelNonce(4n) }) })
  await call(elsewhere, 4n)
  await expect(call(elsewhere, 9n)).rejects.toMatchObject({ kind: 'stale-nonce' })
}, 60_000)

test('a free call makes two requests, the user’s first one as well, and refuses one that is not left in two', async () => {
  const store = await openQuiet('of free calls')
  const counts = store.table(freeCallTable({ ...NAMES, toAddress }))
  const world = new FreeCallWorld({ counts, holds: store.holds })
  const proof = proofOf(world.block, await world.token())
  const call = { method: '/a.B/c', cancelled: new Cancellation() }
  const make = async (): Promise<void> => {
    await using reservation = await reserveFreeCall(world.deps, proof, call)
    await reservation.commit()
  }
  for (const made of [1n, 2n]) {
    expect(await requestsOf(make)).toBe(2)
    expect(await world.made()).toBe(made)
  }
  expect(await requestsOf(() => expect(make()).rejects.toMatchObject({ kind: 'forbidden' }))).toBe(2)
}, 60_000)
