import { describe, expect, test } from 'vitest'
import type { ChannelRecord, ChannelStore, PendingClaim } from '../../../../src/daemon/payments/ports.js'
import type { Storage } from '../../../../src/daemon/storage/index.js'
import { Cancellation } from '../../../../src/shared/cancellation.js'
import { SnetError } from '../../../../src/shared/errors.js'
import { type ChannelId, channelId, channelNonce, cogs } from '../../../../src/shared/units.js'
import { aClaim, aRecord } from '../../../support/channel-builders.js'
import { COUNTS, raise } from '../../../support/count-table.js'

/** One backend, with nothing in it at the start of each test. */
export interface StorageBackend {
  open(): Promise<Storage>
  /** Ends the process that opened it as a kill does: nothing is released. Undefined where nothing outlives a process. */
  readonly kill: ((store: Storage) => Promise<void>) | undefined
  /** Takes from the store its right to write, as an expired lease or a newer owner does; gives whoever has it then. */
  readonly lose: ((store: Storage) => Promise<Storage>) | undefined
}

const seven = channelId(7n)

/** One committed call that adds `price` to whatever is authorised. */
export async function payOnce(channels: ChannelStore, id: ChannelId = seven, price = 5n): Promise<void> {
  await using hold = await channels.hold(id)
  await hold.commit({
    channel: aRecord({ ...hold.record, id, authorized: cogs((hold.record?.authorized ?? 0n) + price) }),
  })
}

export const authorized = async (channels: ChannelStore, id: ChannelId = seven) => (await channels.read(id))?.authorized

async function listed(store: Storage): Promise<ChannelRecord[]> {
  const records: ChannelRecord[] = []
  for await (const record of store.channels.list()) records.push(record)
  return records
}

/** What every backend promises. */
export function testChannelStore(name: string, backend: StorageBackend): void {
  describe(`the ${name} store`, () => {
    test('knows nothing at first', async () => {
      await using store = await backend.open()
      expect(await store.channels.read(seven)).toBeUndefined()
      expect(await store.channels.readClaim(seven, channelNonce(3n))).toBeUndefined()
    })

    test('returns every field of a committed record as it was', async () => {
      await using store = await backend.open()
      const record = aRecord({
        authorized: cogs(2n ** 256n - 1n),
        value: cogs(2n ** 200n),
        signature: new Uint8Array(65).fill(7),
      })
      {
        await using hold = await store.channels.hold(seven)
        expect(hold.record).toBeUndefined()
        await hold.commit({ channel: record })
      }
      const read = await store.channels.read(seven)
      expect({ ...read, signature: [...(read?.signature ?? [])] }).toEqual({
        ...record,
        signature: [...record.signature],
      })
      await using next = await store.channels.hold(seven)
      expect(next.record?.authorized).toBe(record.authorized)
    })

    test('a channel sold twice at once is sold once', async () => {
      await using store = await backend.open()
      const results = await Promise.allSettled([payOnce(store.channels), payOnce(store.channels)])
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      const refused = results.find(({ status }) => status === 'rejected') as PromiseRejectedResult
      expect(refused.reason).toMatchObject({
        kind: 'channel-busy',
        message: 'another transaction on channel: {ID: 7} is in progress',
      })
      expect(await authorized(store.channels)).toBe(5n)
    })

    test('a hold left without commit changes nothing and frees the channel', async () => {
      await using store = await backend.open()
      await payOnce(store.channels)
      {
        await using _hold = await store.channels.hold(seven)
      }
      await payOnce(store.channels)
      expect(await authorized(store.channels)).toBe(10n)
    })

    test('releasing a hold twice does not free the next holder’s', async () => {
      await using store = await backend.open()
      const first = await store.channels.hold(seven)
      await first[Symbol.asyncDispose]()
      await using _second = await store.channels.hold(seven)
      await first[Symbol.asyncDispose]()
      await expect(store.channels.hold(seven)).rejects.toThrow('is in progress')
    })

    test('a hold commits once', async () => {
      await using store = await backend.open()
      await using hold = await store.channels.hold(seven)
      await hold.commit({ channel: aRecord() })
      await expect(hold.commit({ channel: aRecord({ authorized: cogs(9n) }) })).rejects.toMatchObject({ kind: 'bug' })
      expect(await authorized(store.channels)).toBe(0n)
    })

    test('the channel stays held until a commit under way is settled', async () => {
      await using store = await backend.open()
      const hold = await store.channels.hold(seven)
      const commit = hold.commit({ channel: aRecord({ authorized: cogs(5n) }) })
      const released = hold[Symbol.asyncDispose]()
      await expect(store.channels.hold(seven)).rejects.toThrow('is in progress')
      await Promise.all([commit, released])
      await using next = await store.channels.hold(seven)
      expect(next.record?.authorized).toBe(5n)
    })

    test('a claim and the channel’s next nonce are stored together', async () => {
      await using store = await backend.open()
      {
        await using hold = await store.channels.hold(seven)
        await hold.commit({ channel: aRecord({ nonce: channelNonce(4n) }), claim: aClaim() })
      }
      expect((await store.channels.read(seven))?.nonce).toBe(4n)
      expect((await store.channels.readClaim(seven, channelNonce(3n)))?.amount).toBe(10n)
    })

    test('a claim comes back as it was, and among all that are kept, however many', async () => {
      await using store = await backend.open()
      const claims = Array.from({ length: 1_100 }, (_, i) =>
        aClaim({ channel: channelId(BigInt(i)), amount: cogs(2n ** 256n - 1n), ...(i === 7 && { sendback: true }) }),
      )
      const start = async (claim: PendingClaim): Promise<void> => {
        await using hold = await store.channels.hold(claim.channel)
        await hold.commit({ channel: aRecord({ id: claim.channel, nonce: channelNonce(4n) }), claim })
      }
      await Promise.all(claims.map(start))
      const kept: PendingClaim[] = []
      for await (const claim of store.channels.listClaims()) kept.push(claim)
      const plain = (all: readonly PendingClaim[]) =>
        all
          .map((claim) => ({ ...claim, signature: [...claim.signature] }))
          .sort((a, b) => Number(a.channel - b.channel))
      expect(plain(kept)).toEqual(plain(claims))
      expect(await listed(store)).toHaveLength(claims.length)
      await store.channels.forgetClaim(seven, channelNonce(3n))
      await store.channels.forgetClaim(seven, channelNonce(3n))
      expect(await store.channels.readClaim(seven, channelNonce(3n))).toBeUndefined()
      expect(await store.channels.readClaim(channelId(8n), channelNonce(3n))).toBeDefined()
    })

    test('a record beside the channel changes with it, from whatever it is by then', async () => {
      await using store = await backend.open()
      const counts = store.table(COUNTS)
      await using hold = await store.channels.hold(seven)
      const beside = counts.plan('7', (now = 0n) => now + 10n)
      await raise(counts, '7')
      await hold.commit({ channel: aRecord({ authorized: cogs(5n) }), beside })
      expect([await authorized(store.channels), await counts.read('7')]).toEqual([5n, 11n])
    })

    test('where the record beside cannot change, nothing does, and other writes go on', async () => {
      await using store = await backend.open()
      const counts = store.table(COUNTS)
      await using hold = await store.channels.hold(seven)
      const refuse = (): never => {
        throw new Error('no such count')
      }
      const [commit] = await Promise.allSettled([
        hold.commit({ channel: aRecord({ authorized: cogs(5n) }), beside: counts.plan('7', refuse) }),
        payOnce(store.channels, channelId(8n)),
        raise(counts, '8'),
      ])
      expect(commit).toMatchObject({ status: 'rejected', reason: { kind: 'storage-failed' } })
      expect([await authorized(store.channels), await counts.read('7')]).toEqual([undefined, undefined])
      expect([await authorized(store.channels, channelId(8n)), await counts.read('8')]).toEqual([5n, 1n])
    })

    test('whoever waits for a channel gets it once it is free, one after the other', async () => {
      await using store = await backend.open()
      const order: number[] = []
      const pay = async (i: number): Promise<void> => {
        await using hold = await store.channels.hold(seven, undefined, 60_000)
        order.push(i)
        await hold.commit({ channel: aRecord({ authorized: cogs((hold.record?.authorized ?? 0n) + 5n) }) })
      }
      await Promise.all([1, 2, 3, 4, 5].map(pay))
      expect(order).toEqual([1, 2, 3, 4, 5])
      expect(await authorized(store.channels)).toBe(25n)
    })

    test('whoever waits for a channel is told that it is busy when his time is over, and his reason when he leaves', async () => {
      await using store = await backend.open()
      await using _held = await store.channels.hold(seven)
      await expect(store.channels.hold(seven, undefined, 1)).rejects.toMatchObject({ kind: 'channel-busy' })
      const gone = new Cancellation()
      const reason = new SnetError('cancelled', 'the client went away')
      const waiting = store.channels.hold(seven, gone, 60_000)
      gone.abort(reason)
      await expect(waiting).rejects.toBe(reason)
    })

    test('whoever waits for a channel is told when the store closes', async () => {
      const store = await backend.open()
      await store.channels.hold(seven)
      const waiting = expect(store.channels.hold(seven, undefined, 60_000)).rejects.toMatchObject({
        kind: 'unavailable',
      })
      await store[Symbol.asyncDispose]()
      await waiting
    })

    test('a process that shares the store has a name of its own, and is gone when another has it', async () => {
      await using store = await backend.open()
      const { processes } = store
      expect(processes.isGone(processes.self.name)).toBe(false)
      expect(processes.isGone('whoever had it before')).toBe(true)
    })

    test('many channels move at once without touching each other', async () => {
      await using store = await backend.open()
      const ids = Array.from({ length: 50 }, (_, i) => channelId(BigInt(i)))
      await Promise.all(ids.map((id) => payOnce(store.channels, id, id + 1n)))
      await Promise.all(ids.map((id) => payOnce(store.channels, id, id + 1n)))
      for (const id of ids) expect(await authorized(store.channels, id)).toBe(2n * (id + 1n))
    })

    test('an aborted caller takes no hold', async () => {
      await using store = await backend.open()
      const reason = new SnetError('cancelled', 'the client went away')
      const gone = new Cancellation()
      gone.abort(reason)
      await expect(store.channels.hold(seven, gone)).rejects.toBe(reason)
      await payOnce(store.channels)
    })

    test('closing finishes commits under way, loses the other holds and takes no new one', async () => {
      const store = await backend.open()
      const held = await store.channels.hold(channelId(1n))
      const committing = await store.channels.hold(channelId(2n))
      const commit = committing.commit({ channel: aRecord({ id: channelId(2n) }) })
      await store[Symbol.asyncDispose]()
      await commit
      expect(held.lost.aborted).toBe(true)
      await expect(held.commit({ channel: aRecord({ id: channelId(1n) }) })).rejects.toMatchObject({
        kind: 'unavailable',
      })
      await expect(store.channels.hold(seven)).rejects.toMatchObject({ kind: 'unavailable' })
    })

    test('lists and counts the channels of which something is kept', async () => {
      await using store = await backend.open()
      expect(await listed(store)).toEqual([])
      const ids = [1n, 2n, 3n].map(channelId)
      for (const id of ids) await payOnce(store.channels, id, id)
      const kept = await listed(store)
      expect(kept.map(({ id, authorized: amount }) => [id, amount]).sort()).toEqual(ids.map((id) => [id, id]))
      expect(await store.count()).toBe(3)
      expect(await store.health()).toEqual({ ok: true })
    })

    const { kill, lose } = backend
    if (kill)
      test('a process that was killed leaves no channel busy, and what it acknowledged', async () => {
        const first = await backend.open()
        await payOnce(first.channels)
        await first.channels.hold(seven)
        await kill(first)
        await using second = await backend.open()
        await payOnce(second.channels)
        expect(await authorized(second.channels)).toBe(10n)
      })

    if (lose)
      test('whoever lost its hold commits nothing, and another takes the channel', async () => {
        await using first = await backend.open()
        const hold = await first.channels.hold(seven)
        await using second = await lose(first)
        await expect(hold.commit({ channel: aRecord({ authorized: cogs(5n) }) })).rejects.toMatchObject({
          kind: 'unavailable',
        })
        expect(hold.lost.aborted).toBe(true)
        await expect(first.channels.hold(channelId(8n))).rejects.toMatchObject({ kind: 'unavailable' })
        expect((await first.health()).ok).toBe(false)
        await payOnce(second.channels)
        expect(await authorized(second.channels)).toBe(5n)
      })
  })
}
