import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { DamageListener, RecordTable } from '../../../../src/daemon/payments/ports.js'
import { channelId, channelNonce, cogs } from '../../../../src/shared/units.js'
import { aRecord } from '../../../support/channel-builders.js'
import { COUNTS, raise } from '../../../support/count-table.js'
import { type Etcd, startEtcd } from '../../../support/etcd.js'
import { aGroup, etcdStores } from '../../../support/etcd-store.js'
import { tempDir } from '../../../support/temp-dir.js'
import { until } from '../../../support/until.js'
import { authorized, payOnce } from './channel-store-contract.js'

let etcd: Etcd
beforeAll(async () => {
  etcd = await startEtcd({ args: ['--max-txn-ops', '12'] })
})
afterAll(() => etcd[Symbol.asyncDispose]())
const stores = etcdStores(() => etcd)
afterEach(() => stores.closeAll())

const seven = channelId(7n)
const UNKNOWN = { kind: 'unavailable', message: 'payment state unknown, read the channel state' }
const base64 = (text: string): string => Buffer.from(text).toString('base64')

interface FoundKey {
  readonly value: string
  readonly mod_revision: string
}

/** What lies in etcd under a key, asked behind the store's back. */
async function readKey(key: string): Promise<FoundKey | undefined> {
  const { kvs = [] } = (await etcd.post('/v3/kv/range', { key: base64(key) })) as { kvs?: FoundKey[] }
  return kvs[0]
}
const keyIn = ({ network, organization, group, mpe }: ReturnType<typeof aGroup>, what: 'lock' | 'storage', id = 7) =>
  `${network}/${organization}/${group}/${mpe}//payment-channel/${what}/{ID: ${id}}`

const ownKeys = ({ network, organization, group }: ReturnType<typeof aGroup>): string =>
  `${network}/${organization}/${group}//snetd/`

describe('between replicas', () => {
  test('a channel that one holds is busy for the other, whose operator sees who has it and may end it', async () => {
    const group = aGroup()
    const [{ store: first }, { store: second }] = [await stores.open(group), await stores.open(group)]
    const hold = await first.channels.hold(seven, undefined, 0, 'a call of /a.B/c')
    await expect(second.channels.hold(seven)).rejects.toMatchObject({ kind: 'channel-busy' })
    await until('the second knows the first', async () =>
      ((await second.channels.heldOn(seven))?.by ?? '').includes(`(pid ${process.pid})`),
    )
    expect((await second.channels.heldOn(seven))?.leaseLeftMs).toBeGreaterThan(0)
    expect(await second.channels.heldNow()).toHaveLength(1)
    expect(await first.channels.heldOn(seven)).toMatchObject({ by: 'a call of /a.B/c' })
    await second.channels.endHold(seven)
    expect(hold.lost.aborted).toBe(true)
    await expect(hold.commit({ channel: aRecord() })).rejects.toMatchObject({ kind: 'unavailable' })
    await payOnce(second.channels)
  })

  test('whoever waits for a channel gets it when the other replica is done', async () => {
    const group = aGroup()
    const [{ store: first }, { store: second }] = [await stores.open(group), await stores.open(group)]
    const hold = await first.channels.hold(seven)
    const waiting = second.channels.hold(seven, undefined, 60_000)
    await hold.commit({ channel: aRecord({ authorized: cogs(5n) }) })
    await using next = await waiting
    expect(next.record?.authorized).toBe(5n)
    await hold[Symbol.asyncDispose]()
  })

  test('a lock without a lease is another kind of daemon’s: it stays until the operator ends it', async () => {
    const group = aGroup()
    const { store } = await stores.open(group)
    await etcd.post('/v3/kv/put', { key: base64(keyIn(group, 'lock')), value: base64('locked') })
    await expect(store.channels.hold(seven)).rejects.toMatchObject({ kind: 'channel-busy' })
    const held = await store.channels.heldOn(seven)
    expect(held?.by).toMatch(/without a lease/)
    expect(held?.leaseLeftMs).toBeUndefined()
    await store.channels.endHold(seven)
    await payOnce(store.channels)
    expect((await readKey(keyIn(group, 'lock')))?.value).toBe(base64('unlocked'))
  })

  test('locks without a lease are told with the health, with their age, until there are none', async () => {
    const group = aGroup()
    const lock = keyIn(group, 'lock')
    await etcd.post('/v3/kv/put', { key: base64(lock), value: base64('locked') })
    const { store } = await stores.open(group, undefined, { leaseSeconds: 2 })
    await using _ours = await store.channels.hold(channelId(8n))
    await until('it is told', async () => (await store.health()).reason !== undefined)
    const { ok, reason } = await store.health()
    expect(ok).toBe(true)
    expect(reason).toMatch(/^1 channel is locked by a daemon without a lease, one for at least 0 min: /)
    await store.channels.endHold(seven)
    await until('it is over', async () => (await store.health()).reason === undefined)
  })

  test('one that changed a record is heard by those who watch it', async () => {
    const group = aGroup()
    const [{ store: first }, { store: second }] = [await stores.open(group), await stores.open(group)]
    let seen: bigint | undefined
    const stop = second.table(COUNTS).watch('a', (now) => (seen = now))
    await raise(first.table(COUNTS), 'a')
    await raise(first.table(COUNTS), 'a')
    await until('the second has heard', () => seen === 2n)
    stop()
  })

  test('one that was cut off hears what changed meanwhile', async () => {
    const group = aGroup()
    const [{ store: first }, { store: second, proxy }] = [await stores.open(group), await stores.open(group)]
    let seen: bigint | undefined
    const stop = second.table(COUNTS).watch('a', (now) => (seen = now))
    await raise(first.table(COUNTS), 'a')
    await until('the second has heard', () => seen === 1n)
    proxy.freeze({ newOnes: true })
    await raise(first.table(COUNTS), 'a')
    proxy.cut()
    proxy.thaw()
    await until('the second has heard of the other one', () => seen === 2n)
    stop()
  })

  test('both change a record from what it is, and know that the other one lives', async () => {
    const group = aGroup()
    const [{ store: first }, { store: second }] = [await stores.open(group), await stores.open(group)]
    const raises = Array.from({ length: 40 }, (_, i) => raise((i % 2 ? first : second).table(COUNTS), 'a'))
    await Promise.all(raises)
    expect(await first.table(COUNTS).read('a')).toBe(40n)
    expect(first.processes.isGone(second.processes.self.name)).toBe(false)
  })
})

describe('a change of a record that is not answered', () => {
  const opened = async () => {
    const group = aGroup()
    const [{ store: first, proxy }, { store: second }] = [await stores.open(group), await stores.open(group)]
    const counts = [first, second].map((store) => store.table(COUNTS)) as [RecordTable<bigint>, RecordTable<bigint>]
    const readCount = async () => (await readKey(`${ownKeys(group)}table/counts/a`))?.value
    return { counts, proxy, readCount }
  }
  /** The first raises a count of 1, and is not answered though etcd has done it. */
  const unanswered = async () => {
    const { counts, proxy, readCount } = await opened()
    await raise(counts[0], 'a')
    const before = await readCount()
    proxy.holdAnswers()
    const changing = raise(counts[0], 'a')
    await until('etcd has it', async () => (await readCount()) !== before)
    return { counts, proxy, changing }
  }

  test.each([1, 7])(
    'is made once where etcd had done it, though others change it %i times before anybody asks',
    async (others) => {
      const { counts, proxy, changing } = await unanswered()
      for (let i = 0; i < others; i++) await raise(counts[1], 'a')
      proxy.cut()
      expect(await changing).toBe(2n)
      expect(await counts[0].read('a')).toBe(2n + BigInt(others))
    },
  )

  test('is made once where others have deleted the record before anybody asks', async () => {
    const { counts, proxy, changing } = await unanswered()
    await counts[1].change('a', () => ({ value: undefined, result: undefined }))
    proxy.cut()
    expect(await changing).toBe(2n)
    expect(await counts[0].read('a')).toBeUndefined()
  })

  test('is a deletion that is made once, too', async () => {
    const { counts, proxy, readCount } = await opened()
    await raise(counts[0], 'a')
    let deletions = 0
    proxy.holdAnswers()
    const changing = counts[0].change('a', (now) => {
      deletions++
      return { value: undefined, result: now }
    })
    await until('etcd has it', async () => (await readCount()) === undefined)
    await raise(counts[1], 'a')
    proxy.cut()
    expect(await changing).toBe(1n)
    expect([deletions, await counts[1].read('a')]).toEqual([1, 1n])
  })

  test('is told as one that may be kept where etcd no longer knows', async () => {
    const { counts, proxy, changing } = await unanswered()
    for (let i = 0; i < 3; i++) await raise(counts[1], 'a')
    const { header } = (await etcd.post('/v3/kv/range', { key: base64('x') })) as { header: { revision: string } }
    await etcd.post('/v3/kv/compaction', { revision: header.revision, physical: true })
    proxy.cut()
    await expect(changing).rejects.toMatchObject(UNKNOWN)
    expect(await counts[1].read('a')).toBe(5n)
  })

  test('is made where etcd had not done it, of what others have made of the record', async () => {
    const { counts, proxy } = await opened()
    await raise(counts[0], 'a')
    proxy.freeze()
    const changing = raise(counts[0], 'a')
    for (let i = 0; i < 3; i++) await raise(counts[1], 'a')
    proxy.cut()
    proxy.thaw()
    expect(await changing).toBe(5n)
    expect(await counts[1].read('a')).toBe(5n)
  })
})

test('what was sent and not answered when the right was lost may be kept, and is not told as free', async () => {
  const { store, proxy } = await stores.open(aGroup(), undefined, { leaseSeconds: 2, requestTimeoutMs: 3_000 })
  const counts = store.table(COUNTS)
  await raise(counts, 'a')
  const hold = await store.channels.hold(seven)
  proxy.freeze({ newOnes: true })
  await Promise.all([
    expect(hold.commit({ channel: aRecord({ authorized: cogs(5n) }) })).rejects.toMatchObject(UNKNOWN),
    expect(raise(counts, 'a')).rejects.toMatchObject(UNKNOWN),
  ])
  await until('the right is lost', () => hold.lost.aborted)
})

describe('a record that is changed under a hold', () => {
  const change = (now = 0n) => ({ value: now + 1n, result: undefined })

  test('is not changed any more once somebody else has ended the hold', async () => {
    const group = aGroup()
    const [{ store: first }, { store: second }] = [await stores.open(group), await stores.open(group)]
    const counts = first.table(COUNTS)
    await using hold = await first.holds.take('a', counts)
    await etcd.post('/v3/kv/put', { key: base64(`${ownKeys(group)}lock/a`), value: base64('unlocked') })
    await using _next = await second.holds.take('a')
    await expect(counts.change('a', change, hold)).rejects.toMatchObject({ kind: 'unavailable' })
    expect(hold?.lost.aborted).toBe(true)
    expect(await second.table(COUNTS).read('a')).toBeUndefined()
  })

  test('is changed once where the answer was lost', async () => {
    const group = aGroup()
    const { store, proxy } = await stores.open(group)
    const counts = store.table(COUNTS)
    const hold = await store.holds.take('a', counts)
    proxy.holdAnswers()
    const changing = counts.change('a', change, hold)
    await until('etcd has it', async () => (await readKey(`${ownKeys(group)}table/counts/a`)) !== undefined)
    proxy.cut()
    await changing
    await hold?.[Symbol.asyncDispose]()
    expect(await counts.read('a')).toBe(1n)
    expect(await store.holds.take('a')).toBeDefined()
  })
})

describe('a record that cannot be read', () => {
  const damage = (key: string) => etcd.post('/v3/kv/put', { key: base64(key), value: base64('no gob, no JSON') })
  const claims = ({ network, organization, group, mpe }: ReturnType<typeof aGroup>): string =>
    `${network}/${organization}/${group}/${mpe}//payment/storage/`

  const countOf = async (list: AsyncIterable<unknown>): Promise<number> => {
    let count = 0
    for await (const _one of list) count++
    return count
  }

  test('is told by its key to whoever lists the others, who get them; and ends the list of those who do not listen', async () => {
    const group = aGroup()
    const { store } = await stores.open(group)
    const [{ channels }, counts] = [store, store.table(COUNTS)]
    for (const id of [6n, 7n, 8n].map(channelId)) {
      await using hold = await channels.hold(id)
      const claim = { channel: id, nonce: channelNonce(1n), amount: cogs(3n), signature: new Uint8Array(65) }
      await hold.commit({ channel: aRecord({ id, nonce: channelNonce(2n) }), claim })
      await raise(counts, `of ${id}`)
    }
    const keys = [keyIn(group, 'storage'), `${claims(group)}7/1`, `${ownKeys(group)}table/counts/of%207`]
    await Promise.all(keys.map(damage))
    const lists = [
      (onDamage?: DamageListener) => channels.list(onDamage),
      (onDamage?: DamageListener) => channels.listClaims(onDamage),
      (onDamage?: DamageListener) => counts.list(onDamage),
    ]
    for (const [i, list] of lists.entries()) {
      const damaged: string[] = []
      expect(await countOf(list(({ key, fault }) => damaged.push(`${fault.kind} ${key}`)))).toBe(2)
      expect(damaged).toEqual([`storage-failed ${i < 2 ? keys[i] : 'table/counts/of%207'}`])
      await expect(countOf(list())).rejects.toMatchObject({ kind: 'storage-failed' })
    }
  })

  test('stops the call that needs it, leaves its channel free, and is not written over', async () => {
    const group = aGroup()
    const { store } = await stores.open(group)
    const key = keyIn(group, 'storage')
    await damage(key)
    for (let i = 0; i < 2; i++)
      await expect(store.channels.hold(seven)).rejects.toMatchObject({
        kind: 'storage-failed',
        cause: { message: expect.stringContaining(key) as string },
      })
    await expect(store.channels.read(seven)).rejects.toMatchObject({ kind: 'storage-failed' })
    expect((await readKey(keyIn(group, 'lock')))?.value).toBe(base64('unlocked'))
    expect((await readKey(key))?.value).toBe(base64('no gob, no JSON'))
  })
})

describe('an etcd that does not answer', () => {
  test('a commit whose answer was lost is known to be kept', async () => {
    const group = aGroup()
    const { store, proxy } = await stores.open(group)
    const hold = await store.channels.hold(seven)
    proxy.holdAnswers()
    const commit = hold.commit({ channel: aRecord({ authorized: cogs(5n) }) })
    await until('etcd has it', async () => (await readKey(keyIn(group, 'storage'))) !== undefined)
    proxy.cut()
    await commit
    await hold[Symbol.asyncDispose]()
    await payOnce(store.channels)
    expect(await authorized(store.channels)).toBe(10n)
  })

  test('a commit that never reached it is known not to be, and the channel is free', async () => {
    const { store, proxy } = await stores.open()
    {
      await using hold = await store.channels.hold(seven)
      proxy.freeze()
      const commit = expect(hold.commit({ channel: aRecord({ authorized: cogs(5n) }) })).rejects.toMatchObject({
        kind: 'unavailable',
        message: 'the payment store (etcd) does not answer',
      })
      // Whatever was sent is lost with its connection.
      setImmediate(() => setImmediate(() => proxy.cut()))
      await commit
    }
    await payOnce(store.channels)
    expect(await authorized(store.channels)).toBe(5n)
  })

  test('a hold whose answer was lost is not left behind', async () => {
    const group = aGroup()
    const [{ store, proxy }, { store: other }] = [await stores.open(group), await stores.open(group)]
    proxy.holdAnswers()
    const holding = store.channels.hold(seven)
    await until('etcd has it', async () => (await readKey(keyIn(group, 'lock'))) !== undefined)
    proxy.cut()
    await (await holding)[Symbol.asyncDispose]()
    await payOnce(other.channels)
  })

  test('is told by the health, refuses payments in time, and all goes on when it is back', async () => {
    const { store } = await stores.open(aGroup(), undefined, { requestTimeoutMs: 2_000 })
    await payOnce(store.channels)
    await etcd.kill()
    const begun = performance.now()
    await expect(store.channels.hold(seven)).rejects.toMatchObject({ kind: 'unavailable' })
    expect(performance.now() - begun).toBeLessThan(10_000)
    expect(await store.health()).toEqual({ ok: false, reason: 'the payment store (etcd) does not answer' })
    await etcd.restart()
    await until('it is healthy again', async () => (await store.health()).ok)
    await payOnce(store.channels)
    expect(await authorized(store.channels)).toBe(10n)
  })
})

test('payments of many channels travel together, in as many parts as etcd takes', async () => {
  const group = aGroup()
  const { store } = await stores.open(group)
  const ids = Array.from({ length: 40 }, (_, i) => i)
  await Promise.all(ids.map((id) => payOnce(store.channels, channelId(BigInt(id)))))
  const revisions = await Promise.all(ids.map(async (id) => (await readKey(keyIn(group, 'storage', id)))?.mod_revision))
  expect(revisions).not.toContain(undefined)
  expect(new Set(revisions).size).toBeLessThan(30)
})

test('an endpoint that is down is passed over', async () => {
  const { store } = await stores.open(aGroup(), undefined, { endpoints: ['http://127.0.0.1:1', etcd.endpoint] })
  await payOnce(store.channels)
  expect(await authorized(store.channels)).toBe(5n)
})

test('certificates and a password are shown to an etcd that asks for them; a wrong password is told', async () => {
  await using guarded = await startEtcd({ tls: true, auth: { username: 'snetd', password: 'secret' } })
  await using directory = await tempDir()
  const passwordFile = join(directory.path, 'password')
  await writeFile(passwordFile, 'secret\n')
  const settings = { endpoints: [guarded.endpoint], tls: guarded.tls ?? {}, auth: { username: 'snetd', passwordFile } }
  const { store } = await stores.open(aGroup(), undefined, settings)
  await payOnce(store.channels)
  expect(await authorized(store.channels)).toBe(5n)
  await writeFile(passwordFile, 'wrong')
  await expect(stores.open(aGroup(), undefined, settings)).rejects.toMatchObject({ kind: 'invalid-config' })
  await stores.closeAll()
})

test('an etcd that knows the token no more is shown the password again, and no payment fails', async () => {
  await using guarded = await startEtcd()
  const [user, password] = ['root', 'secret']
  await guarded.post('/v3/auth/role/add', { name: user })
  await guarded.post('/v3/auth/user/add', { name: user, password })
  await guarded.post('/v3/auth/user/grant', { user, role: user })
  await guarded.post('/v3/auth/enable', {})
  await using directory = await tempDir()
  const passwordFile = join(directory.path, 'password')
  await writeFile(passwordFile, password)
  const settings = { endpoints: [guarded.endpoint], auth: { username: user, passwordFile }, leaseSeconds: 60 }
  const { store } = await stores.open(aGroup(), undefined, settings)
  await payOnce(store.channels)

  // It forgets the tokens of a user whose password is set, as it does with those that nobody used for some minutes.
  const { token } = await guarded.post('/v3/auth/authenticate', { name: user, password })
  const asked = { method: 'POST', headers: { authorization: String(token) } }
  const body = JSON.stringify({ name: user, password })
  expect((await fetch(`${guarded.endpoint}/v3/auth/user/changepw`, { ...asked, body })).status).toBe(200)
  expect((await fetch(`${guarded.endpoint}/v3/kv/range`, { ...asked, body: '{"key":"YQ=="}' })).status).not.toBe(200)

  const ids = Array.from({ length: 40 }, (_, i) => channelId(BigInt(100 + i)))
  await Promise.all(
    ids.map(async (id) => {
      await using hold = await store.channels.hold(id)
      await hold.commit({ channel: aRecord({ id, authorized: cogs(3n) }) })
    }),
  )
  const kept = await Promise.all(ids.map(async (id) => (await store.channels.read(id))?.authorized))
  expect(new Set(kept)).toEqual(new Set([3n]))
  await stores.closeAll()
})

test('another payment group, or another escrow contract, in the same etcd has nothing of the payments of the first, which stay', async () => {
  const first = aGroup()
  const pay = async (identity: typeof first): Promise<bigint | undefined> => {
    const { store } = await stores.open(identity)
    const before = await authorized(store.channels)
    if (before === undefined) await payOnce(store.channels)
    return before
  }
  expect(await pay(first)).toBeUndefined()
  expect(await pay(aGroup())).toBeUndefined()
  expect(await pay({ ...first, mpe: '0xFF' })).toBeUndefined()
  expect(await pay(first)).toBe(5n)
})
