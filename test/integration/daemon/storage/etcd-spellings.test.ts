import { afterAll, beforeAll, expect, test } from 'vitest'
import { freeCallTable, type SharedLayout } from '../../../../src/daemon/storage/index.js'
import type { FreeCallCount } from '../../../../src/daemon/payments/ports.js'
import { toAddress } from '../../../../src/ethereum/index.js'
import { type Etcd, startEtcd } from '../../../support/etcd.js'
import { aGroup, etcdStores } from '../../../support/etcd-store.js'

const CALLER = '0x1CBd3b2770909D4e10f157cABC84C7264073C9Ec'
const KEY = `svc/${CALLER}/user`

let etcd: Etcd
beforeAll(async () => {
  etcd = await startEtcd()
}, 60_000)
const stores = etcdStores(() => etcd, { toAddress })
afterAll(async () => {
  await stores.closeAll()
  await etcd[Symbol.asyncDispose]()
}, 60_000)

test('calls under other spellings of an address are counted in once, and those of later days as well', async () => {
  const identity = aGroup()
  const definition = freeCallTable({ ...identity, toAddress })
  const layout = definition.shared as SharedLayout<FreeCallCount>
  const [ownKey = ''] = layout.keysOf(KEY)
  /** As the reference counts for a client who spells himself so. */
  const count = async (address: string, made: bigint): Promise<void> => {
    const [value] = layout.write({ service: 'svc', address: toAddress(CALLER), userId: 'user', made }, KEY, [])
    const key = `local/org/${identity.group}${ownKey.replace(CALLER, address)}`
    const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
    await etcd.post('/v3/kv/put', { key: base64(Buffer.from(key)), value: base64(value as Uint8Array) })
  }
  const madeAfterStart = async (): Promise<readonly bigint[]> => {
    const { store } = await stores.open(identity)
    const made: bigint[] = []
    for await (const [key, found] of store.table(definition).list()) if (key === KEY) made.push(found.made)
    expect((await store.table(definition).read(KEY))?.made).toBe(made[0])
    return made
  }
  await count(CALLER.toLowerCase(), 2n)
  expect(await madeAfterStart()).toEqual([2n])
  await count(CALLER.slice(2), 3n)
  await count(`0x000000${CALLER.slice(2).toUpperCase()}`, 4n)
  expect(await madeAfterStart()).toEqual([9n])
  expect(await madeAfterStart()).toEqual([9n])
  await count(CALLER.toLowerCase(), 5n)
  expect(await madeAfterStart()).toEqual([12n])
}, 120_000)
