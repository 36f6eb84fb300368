import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Storage } from '../../../../src/daemon/storage/index.js'
import { toAddress } from '../../../../src/ethereum/index.js'
import { type Address, channelId, channelNonce, cogs } from '../../../../src/shared/units.js'
import { aClaim, aRecord } from '../../../support/channel-builders.js'
import { aKeptStore, importInto, linesOf, TABLES } from '../../../support/kept-stores.js'

/** What one store knew at some time: a few channels with the claims before their nonces, and rows of tables. */
interface Known {
  readonly channels: readonly {
    id: bigint
    nonce: bigint
    authorized: bigint
    value: bigint
    claims: readonly bigint[]
  }[]
  readonly made: readonly bigint[]
  readonly usage: readonly { planned: bigint; used: bigint; refunded: bigint }[]
  readonly models: readonly { status: 'CREATED' | 'DELETED' | 'READY_TO_USE'; updatedAt: string; name: string }[]
}

const small = fc.bigInt(0n, 4n)
const known: fc.Arbitrary<Known> = fc.record({
  channels: fc.uniqueArray(
    fc
      .record({ id: small, nonce: small, authorized: small, left: small, claims: fc.array(small, { maxLength: 4 }) })
      .map(({ left, claims, ...channel }) => ({
        ...channel,
        value: channel.authorized + left,
        claims: claims.slice(0, Number(channel.nonce)),
      })),
    { selector: ({ id }) => id, maxLength: 4 },
  ),
  made: fc.array(small, { maxLength: 3 }),
  usage: fc.array(
    fc.record({ planned: small, share: small, refunded: small }).map(({ planned, share, refunded }) => ({
      planned,
      used: (planned < share ? planned : share) + refunded,
      refunded,
    })),
    { maxLength: 3 },
  ),
  models: fc.array(
    fc.record({
      status: fc.constantFrom('CREATED' as const, 'DELETED' as const, 'READY_TO_USE' as const),
      updatedAt: fc.constantFrom('2026-01-01', '2026-01-02'),
      name: fc.constantFrom('a', 'b'),
    }),
    { maxLength: 2 },
  ),
})

const who = toAddress(`0x${'ab'.repeat(20)}`)

async function exportOf({ channels, made, usage, models }: Known): Promise<string[]> {
  const { store, storage } = aKeptStore()
  for (const { id: number, nonce, claims, ...money } of channels) {
    const id = channelId(number)
    const signature = new Uint8Array(money.authorized > 0n ? 65 : 0).fill(1)
    const channel = aRecord({
      ...{ id, nonce: channelNonce(nonce), signature },
      ...{ authorized: cogs(money.authorized), value: cogs(money.value) },
    })
    const kept = claims.map((amount, at) =>
      aClaim({ channel: id, nonce: channelNonce(BigInt(at)), amount: cogs(amount + 1n) }),
    )
    for (const claim of [undefined, ...kept]) {
      await using hold = await storage.channels.hold(id)
      await hold.commit({ channel, ...(claim && { claim }) })
    }
  }
  await putAll(
    storage,
    'freeCalls',
    made.map((count, at) => [`svc/${who}/${at}`, { service: 'svc', address: who, userId: String(at), made: count }]),
  )
  await putAll(
    storage,
    'prepaid',
    usage.map((counts, at) => [String(at), { ...counts, inFlight: new Map() }]),
  )
  await putAll(
    storage,
    'models',
    models.map((model, at) => [`svc/m${at}`, aModel(`m${at}`, model)]),
  )
  return await linesOf(store)
}

const aModel = (id: string, changes: Known['models'][number]) => ({
  ...{ id, description: '', method: 'm', service: 's', creator: who, access: [who], isPublic: false },
  ...{ dataLink: '', createdAt: '2026-01-01', updatedBy: who, ...changes },
})

async function putAll(storage: Storage, table: keyof typeof TABLES, rows: readonly (readonly [string, unknown])[]) {
  for (const [key, value] of rows) {
    await storage.table(TABLES[table] as never).change(key, () => ({ value: value, result: undefined }))
  }
}

/** Amounts by channel and nonce, whether they are signed now or claimed; and the nonces. */
async function moneyOf(storage: Storage) {
  const [amounts, nonces] = [new Map<string, bigint>(), new Map<string, bigint>()]
  for await (const { id, nonce, authorized } of storage.channels.list()) {
    nonces.set(String(id), nonce)
    if (authorized > 0n) amounts.set(`${id}/${nonce}`, authorized)
  }
  for await (const { channel, nonce, amount } of storage.channels.listClaims())
    amounts.set(`${channel}/${nonce}`, amount)
  const usage = new Map<string, readonly bigint[]>()
  for await (const [key, { planned, used, refunded }] of storage.table(TABLES.prepaid).list()) {
    expect(used - refunded <= planned).toBe(true)
    usage.set(key, [planned, used, refunded])
  }
  const made = new Map<string, bigint>()
  for await (const [key, count] of storage.table(TABLES.freeCalls).list()) made.set(key, count.made)
  return { amounts, nonces, usage, made }
}

function expectNothingLowered(before: Awaited<ReturnType<typeof moneyOf>>, after: typeof before): void {
  for (const part of ['amounts', 'nonces', 'made'] as const)
    for (const [key, value] of before[part]) expect((after[part].get(key) ?? -1n) >= value).toBe(true)
  for (const [key, counts] of before.usage)
    counts.forEach((count, at) => expect((after.usage.get(key)?.[at] ?? -1n) >= count).toBe(true))
}

describe('whatever is imported', () => {
  test('nothing is ever lowered, and the order does not matter', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc
          .array(known, { minLength: 1, maxLength: 4 })
          .chain((all) =>
            fc.tuple(
              fc.constant(all),
              fc.shuffledSubarray(all, { minLength: all.length }),
              fc.array(fc.constantFrom(...all), { maxLength: 2 }),
            ),
          ),
        async ([all, shuffled, again]) => {
          const results = await Promise.all(
            [all, [...shuffled, ...again]].map(async (order) => {
              const { store, storage } = aKeptStore()
              for (const one of order) {
                const lines = await exportOf(one)
                const before = await moneyOf(storage)
                const rehearsed = await importInto(store, lines, { dryRun: true })
                const merged = await importInto(store, lines)
                expect(merged.left_out_in_all).toBe('0')
                expect(rehearsed).toEqual(merged)
                expectNothingLowered(before, await moneyOf(storage))
              }
              return (await linesOf(store)).sort()
            }),
          )
          expect(results[0]).toEqual(results[1])
        },
      ),
      { numRuns: 20 },
    )
  })

  test('what an export says is signed is kept, as the channel’s amount or as a claim', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(known, { maxLength: 4 }), async (all) => {
        const { store, storage } = aKeptStore()
        for (const one of all) await importInto(store, await exportOf(one))
        const { amounts } = await moneyOf(storage)
        for (const { id, nonce, authorized, claims } of all.flatMap(({ channels }) => channels)) {
          expect((amounts.get(`${id}/${nonce}`) ?? 0n) >= authorized).toBe(true)
          claims.forEach((amount, at) => expect((amounts.get(`${id}/${at}`) ?? 0n) > amount).toBe(true))
        }
      }),
      { numRuns: 25 },
    )
  })
})

const seven = channelId(7n)
const paid = (nonce: bigint, authorized: bigint, signed: readonly [number] | readonly [] = [1]) =>
  aRecord({
    ...{ nonce: channelNonce(nonce), authorized: cogs(authorized) },
    signature: signed[0] === undefined ? new Uint8Array() : new Uint8Array(65).fill(signed[0]),
  })

async function storeWith(...channels: readonly ReturnType<typeof paid>[]) {
  const kept = aKeptStore()
  for (const channel of channels) {
    await using hold = await kept.storage.channels.hold(channel.id)
    await hold.commit({ channel })
  }
  return kept
}

describe('a channel', () => {
  test('an old backup brings back no older nonce; what it has signed there stays as a claim', async () => {
    const { store, storage } = await storeWith(paid(4n, 5n))
    const old = await storeWith(paid(3n, 9n))
    const reply = await importInto(store, await linesOf(old.store))
    expect(await storage.channels.read(seven)).toMatchObject({ nonce: 4n, authorized: 5n })
    expect(await storage.channels.readClaim(seven, channelNonce(3n))).toMatchObject({ amount: 9n })
    expect([reply.before, reply.after]).toEqual([
      { signed: '5', claims: '0' },
      { signed: '5', claims: '9' },
    ])
  })

  test('what no signature stands behind replaces nothing, is kept where nothing was, and is named', async () => {
    const broken = await linesOf((await storeWith(paid(3n, 9n, [0xff]))).store)
    const { store, storage } = await storeWith(paid(3n, 5n))
    const refused = await importInto(store, broken)
    expect(refused.left_out).toMatchObject([{ record: 'channel', key: '7', kept: false }])
    expect(await storage.channels.read(seven)).toMatchObject({ authorized: 5n })
    const empty = aKeptStore()
    const kept = await importInto(empty.store, broken)
    expect(kept.left_out).toMatchObject([{ record: 'channel', key: '7', kept: true }])
    expect(await empty.storage.channels.read(seven)).toMatchObject({ authorized: 9n })
  })

  test('one that a call holds is left as it is, and counted', async () => {
    const { store, storage } = await storeWith(paid(3n, 5n))
    await using _call = await storage.channels.hold(seven)
    const reply = await importInto(store, await linesOf((await storeWith(paid(3n, 9n))).store))
    expect(reply).toMatchObject({ busy: '1', left_out: [{ record: 'channel', key: '7' }] })
    // What would change nothing disturbs nobody.
    const same = await importInto(store, await linesOf((await storeWith(paid(3n, 5n))).store))
    expect(same).toMatchObject({ busy: '0', left_out_in_all: '0' })
  })

  test('a claim under the nonce that is still sold is not taken in', async () => {
    const { store, storage } = await storeWith(paid(3n, 5n))
    const { store: other, storage: from } = await storeWith(paid(4n, 0n, []))
    {
      await using hold = await from.channels.hold(seven)
      await hold.commit({ channel: paid(4n, 0n, []), claim: aClaim() })
    }
    const lines = (await linesOf(other)).map((line) =>
      line.startsWith('{"record":"channel"') ? line.replace('"nonce":"4"', '"nonce":"3"') : line,
    )
    const reply = await importInto(store, lines)
    expect(reply.left_out).toMatchObject([{ record: 'claim', key: '7/3' }])
    expect(await storage.channels.readClaim(seven, channelNonce(3n))).toBeUndefined()
  })
})

test('what a process that is gone had under way is given back in the export, what a living one has is not', async () => {
  const { store, storage } = aKeptStore()
  const inFlight = new Map([
    ['this-one', 2n],
    ['a-dead-one', 3n],
  ])
  await putAll(storage, 'prepaid', [['7', { planned: 10n, used: 8n, refunded: 0n, inFlight }]])
  const next = aKeptStore()
  await importInto(next.store, await linesOf(store))
  const usage = await next.storage.table(TABLES.prepaid).read('7')
  expect(usage).toMatchObject({ planned: 10n, used: 8n, refunded: 3n, inFlight: new Map() })
})

test('a group that was paused stays so, and one that was not is not paused by an old export', async () => {
  const paused = aKeptStore()
  await putAll(paused.storage, 'groupState', [['processing', { isPaused: true, signedAt: 7n }]])
  const lines = await linesOf(paused.store)
  const empty = aKeptStore()
  await importInto(empty.store, lines)
  expect(await empty.storage.table(TABLES.groupState).read('processing')).toEqual({ isPaused: true, signedAt: 7n })
  const serving = aKeptStore()
  await putAll(serving.storage, 'groupState', [['processing', { isPaused: false, signedAt: 0n }]])
  await importInto(serving.store, lines)
  expect(await serving.storage.table(TABLES.groupState).read('processing')).toEqual({ isPaused: false, signedAt: 0n })
})

test('addresses are spelled as everybody spells them', async () => {
  const lower = `0x${'ab'.repeat(20)}` as Address
  const { store } = await storeWith(aRecord({ sender: lower }))
  expect((await linesOf(store))[1]).toContain(`"sender":"${toAddress(lower)}"`)
})
