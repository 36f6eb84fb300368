import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RecordTable } from '../../../../src/daemon/payments/ports.js'
import type { TableDefinition } from '../../../../src/daemon/storage/index.js'
import { COUNTS, raise } from '../../../support/count-table.js'
import type { StorageBackend } from './channel-store-contract.js'

const OTHERS: TableDefinition<bigint> = { ...COUNTS, name: 'count' }

interface Facts {
  readonly name: string
  readonly names: readonly string[]
  readonly isOpen: boolean
  readonly bytes: Uint8Array
}

const FACTS: TableDefinition<Facts> = {
  name: 'facts',
  encode: ({ bytes, ...facts }) => ({ ...facts, bytes: Buffer.from(bytes).toString('hex') }),
  decode: (fields) => ({
    name: fields.text('name'),
    names: fields.texts('names'),
    isOpen: fields.flag('isOpen'),
    bytes: fields.bytes('bytes'),
  }),
}

async function listed<Value>(table: RecordTable<Value>): Promise<Map<string, Value>> {
  const rows = new Map<string, Value>()
  for await (const [key, value] of table.list()) {
    expect(rows.has(key)).toBe(false)
    rows.set(key, value)
  }
  return rows
}

const anyText = fc.string({ unit: 'grapheme', maxLength: 40 })

/** What the tables of every backend promise. */
export function testTables(name: string, backend: StorageBackend): void {
  describe(`tables of the ${name} store`, () => {
    test('know nothing at first, and list nothing', async () => {
      await using store = await backend.open()
      expect(await store.table(COUNTS).read('a')).toBeUndefined()
      expect(await listed(store.table(COUNTS))).toEqual(new Map())
    })

    test('of many changes of one record at once each is made of the one before', async () => {
      await using store = await backend.open()
      const table = store.table(COUNTS)
      const results = await Promise.all(Array.from({ length: 50 }, () => raise(table, 'a')))
      expect(results.sort((a, b) => Number(a - b))).toEqual(Array.from({ length: 50 }, (_, i) => BigInt(i + 1)))
      expect(await table.read('a')).toBe(50n)
    })

    test('what a change throws is thrown, nothing is written, and changes beside it are', async () => {
      await using store = await backend.open()
      const table = store.table(COUNTS)
      const refusal = new Error('over the limit')
      const refused = table.change('a', () => {
        throw refusal
      })
      const beside = raise(table, 'b')
      await expect(refused).rejects.toBe(refusal)
      expect([await beside, await table.read('a')]).toEqual([1n, undefined])
    })

    test('undefined deletes', async () => {
      await using store = await backend.open()
      const table = store.table(COUNTS)
      await raise(table, 'a')
      expect(await table.change('a', (now) => ({ value: undefined, result: now }))).toBe(1n)
      expect(await table.read('a')).toBeUndefined()
      expect(await table.change('a', (now) => ({ value: undefined, result: now }))).toBeUndefined()
    })

    test('keys and values of any letters come back as they were, each in its own table', async () => {
      await using store = await backend.open()
      const table = store.table(FACTS)
      const facts = fc.record({
        name: anyText,
        names: fc.array(anyText, { maxLength: 3 }),
        isOpen: fc.boolean(),
        bytes: fc.uint8Array({ maxLength: 9 }),
      })
      const kept = new Map<string, Facts>()
      await fc.assert(
        fc.asyncProperty(anyText, facts, async (key, value) => {
          await table.change(key, () => ({ value, result: undefined }))
          kept.set(key, value)
        }),
        { numRuns: 60, examples: ['', '/', '\0', '%', 'counts/a', 'é/ü'].map((key) => [key, ANY_FACTS]) },
      )
      const rows = await listed(table)
      expect(plain(rows)).toEqual(plain(kept))
      for (const [key, value] of kept)
        expect(plain(new Map([[key, await table.read(key)]]))).toEqual(plain(new Map([[key, value]])))
      await raise(store.table(COUNTS), 'a')
      await raise(store.table(OTHERS), 's/a')
      expect([...(await listed(store.table(COUNTS)))]).toEqual([['a', 1n]])
      expect([...(await listed(store.table(OTHERS)))]).toEqual([['s/a', 1n]])
      expect(await store.count()).toBe(0)
    })

    test('more than a page is listed whole, also while its records change', async () => {
      await using store = await backend.open()
      const table = store.table(COUNTS)
      const keys = Array.from({ length: 600 }, (_, i) => `key-${i}`)
      await Promise.all(keys.map((key) => raise(table, key)))
      const seen: string[] = []
      for await (const [key] of table.list()) {
        if (seen.length % 100 === 0) await raise(table, key)
        seen.push(key)
      }
      expect(seen.sort()).toEqual(keys.sort())
    })

    test('a key that is too long is refused before anything is written', async () => {
      await using store = await backend.open()
      await expect(raise(store.table(COUNTS), 'k'.repeat(2_000))).rejects.toMatchObject({ kind: 'bug' })
    })

    test('closing finishes changes under way and begins no new one', async () => {
      const store = await backend.open()
      const table = store.table(COUNTS)
      const change = raise(table, 'a')
      await store[Symbol.asyncDispose]()
      expect(await change).toBe(1n)
      await expect(raise(table, 'a')).rejects.toMatchObject({ kind: 'unavailable' })
      await expect(table.read('a')).rejects.toMatchObject({ kind: 'unavailable' })
      await expect(listed(table)).rejects.toMatchObject({ kind: 'unavailable' })
    })

    const { kill, lose } = backend
    if (kill)
      test('what was acknowledged to a process that was killed is there', async () => {
        const first = await backend.open()
        await raise(first.table(COUNTS), 'a')
        await kill(first)
        await using second = await backend.open()
        expect(await second.table(COUNTS).read('a')).toBe(1n)
      })

    if (lose)
      test('whoever lost the store changes nothing', async () => {
        await using first = await backend.open()
        const table = first.table(COUNTS)
        await raise(table, 'a')
        await using second = await lose(first)
        await expect(raise(table, 'a')).rejects.toMatchObject({ kind: 'unavailable' })
        expect(await second.table(COUNTS).read('a')).toBe(1n)
      })
  })
}

const ANY_FACTS: Facts = { name: 'a', names: ['b'], isOpen: true, bytes: new Uint8Array([1]) }

const plain = (rows: ReadonlyMap<string, Facts | undefined>) =>
  [...rows].map(([key, facts]) => [key, facts && { ...facts, bytes: [...facts.bytes] }]).sort()
