import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { type Etcd, startEtcd } from '../../../support/etcd.js'
import { aGroup, etcdStores } from '../../../support/etcd-store.js'
import { until } from '../../../support/until.js'
import { type StorageBackend, testChannelStore } from './channel-store-contract.js'
import { testHolds } from './holds-contract.js'
import { testTables } from './table-contract.js'

let etcd: Etcd
beforeAll(async () => {
  etcd = await startEtcd()
})
afterAll(() => etcd[Symbol.asyncDispose]())

const stores = etcdStores(() => etcd)
let group = aGroup()
/** Of the daemon that was killed. */
let left: string | undefined
beforeEach(() => {
  group = aGroup()
  left = undefined
})
afterEach(() => stores.closeAll())

const backend: StorageBackend = {
  open: async () => (await stores.open(group, left)).store,
  /** Its successor in the data directory ends its lease; the killed one would still speak if it could. */
  kill: async (store) => {
    const { proxy, path } = stores.find(store)
    proxy.freeze({ newOnes: true })
    left = path
  },
  lose: async (store) => {
    stores.find(store).proxy.freeze({ newOnes: true })
    const { store: second } = await stores.open(group)
    const { processes } = store
    await until('the lease is lost', () => processes.self.lost.aborted && second.processes.isGone(processes.self.name))
    return second
  },
}

testChannelStore('etcd', backend)
testTables('etcd', backend)
testHolds('etcd', backend)
