import { describe, expect, test } from 'vitest'
import { SnetError } from '../../../../src/shared/errors.js'
import { channelId } from '../../../../src/shared/units.js'
import { COUNTS } from '../../../support/count-table.js'
import type { StorageBackend } from './channel-store-contract.js'

/** What the holds of every backend promise, those of channels apart. */
export function testHolds(name: string, backend: StorageBackend): void {
  describe(`holds of the ${name} store`, () => {
    test('are taken by one at a time, each by its name', async () => {
      await using store = await backend.open()
      const { holds } = store
      const attempts = await Promise.all(Array.from({ length: 5 }, () => holds.take('a')))
      const [first, ...others] = attempts.filter((hold) => hold !== undefined)
      expect(others).toEqual([])
      await using _second = await holds.take('b')
      expect(await Promise.all(['a', 'b', 'c'].map((key) => holds.isHeld(key)))).toEqual([true, true, false])
      await first?.[Symbol.asyncDispose]()
      await using again = await holds.take('a')
      expect(again).toBeDefined()
      // A second end of the first is not the end of the next.
      await first?.[Symbol.asyncDispose]()
      expect(await holds.isHeld('a')).toBe(true)
    })

    test('are taken with a record of their name, which is as it is then, and given back with a change of it', async () => {
      await using store = await backend.open()
      const { holds } = store
      const counts = store.table(COUNTS)
      for (const before of [undefined, 1n, 2n]) {
        await using hold = await holds.take('a', counts)
        expect(await counts.read('a', hold)).toBe(before)
        const change = counts.change('a', (now = 0n) => ({ value: now + 1n, result: now + 1n }), hold)
        expect(await change).toBe((before ?? 0n) + 1n)
      }
      await using _hold = await holds.take('a', counts)
      expect(await counts.read('a')).toBe(3n)
      expect(await counts.read('b', _hold)).toBeUndefined()
    })

    test('are ended from outside, and whoever had one hears why', async () => {
      await using store = await backend.open()
      const { holds } = store
      const reason = new SnetError('cancelled', 'enough')
      expect(await holds.end('a', reason)).toBe(false)
      await using hold = await holds.take('a')
      expect(await holds.end('a', reason)).toBe(true)
      expect(hold?.lost.reason).toBe(reason)
      await using next = await holds.take('a')
      expect(next).toBeDefined()
    })

    test('are lost when the store closes, which gives no more of them', async () => {
      const store = await backend.open()
      const hold = await store.holds.take('a')
      await store[Symbol.asyncDispose]()
      expect(hold?.lost.aborted).toBe(true)
      await expect(store.holds.take('b')).rejects.toMatchObject({ kind: 'unavailable' })
    })

    const { kill, lose } = backend
    if (kill)
      test('of a process that was killed are free', async () => {
        const first = await backend.open()
        await first.holds.take('a')
        await kill(first)
        await using second = await backend.open()
        await using hold = await second.holds.take('a')
        expect(hold).toBeDefined()
      })

    if (lose)
      test('are not given by whoever lost the store, who loses those that he gave', async () => {
        await using first = await backend.open()
        const hold = await first.holds.take('a')
        await using second = await lose(first)
        await expect(first.holds.take('b')).rejects.toMatchObject({ kind: 'unavailable' })
        expect(hold?.lost.aborted).toBe(true)
        await using _channel = await second.channels.hold(channelId(7n))
        expect(await second.holds.take('a')).toBeDefined()
      })
  })
}
