import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRates, openLimits } from '../../../src/daemon/gateway/rates/index.js'
import { openSharedRates } from '../../../src/daemon/shared-rates/index.js'
import { tablesOf } from '../../../src/daemon/stored-tables.js'
import { Lifecycle } from '../../../src/shared/lifecycle.js'
import { live } from '../../../src/shared/live.js'
import { type Etcd, startEtcd } from '../../support/etcd.js'
import { aGroup, etcdStores } from '../../support/etcd-store.js'
import { aGatewayConfig } from '../../support/gateway-config.js'
import { until } from '../../support/until.js'

let etcd: Etcd
beforeAll(async () => {
  etcd = await startEtcd()
}, 60_000)
const stores = etcdStores(() => etcd)
afterAll(async () => {
  await stores.closeAll()
  await etcd[Symbol.asyncDispose]()
}, 60_000)

const LIMIT = { perMinute: 0.001, burst: 200 }

const CALL = { method: '/a.B/c', payer: undefined }

test('replicas that share an etcd let in together what one would, also when one dies', async () => {
  const group = aGroup()
  await using life = new Lifecycle()
  const replica = async () => {
    const { store, proxy } = await stores.open(group)
    const { processes } = store
    const table = store.table(tablesOf(group).rates)
    const rates = await life.own('rates', openSharedRates({ table, processes, service: 'svc' }))
    const limits = openLimits({ ...aGatewayConfig(), rate: live(LIMIT) }, rates.openTokens)
    return { proxy, processes, rates: createRates(limits) }
  }
  const [a, b, c] = await Promise.all([replica(), replica(), replica()])
  let letIn = 0
  const call = async ({ rates }: typeof a, times: number): Promise<void> => {
    const one = async (): Promise<void> => await rates.spend(CALL)
    const all = await Promise.allSettled(Array.from({ length: times }, one))
    letIn += all.filter(({ status }) => status === 'fulfilled').length
  }
  await Promise.all([call(a, 30), call(b, 30), call(c, 30)])
  expect(letIn).toBe(90)
  a.proxy.freeze({ newOnes: true })
  await until('its lease is lost', () => a.processes.self.lost.aborted && b.processes.isGone(a.processes.self.name))
  await Promise.all([call(b, 200), call(c, 200)])
  expect(letIn).toBeLessThanOrEqual(200)
  // What the dead one had and did not use is lost, and no more than that.
  expect(letIn).toBeGreaterThanOrEqual(200 - 1)
  await call(a, 1)
  expect(letIn).toBeLessThanOrEqual(200)
}, 60_000)
