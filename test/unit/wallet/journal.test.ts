import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Address } from '../../../src/shared/units.js'
import { type JournalEntry, openJournal } from '../../../src/wallet/journal.js'
import { tempDir } from '../../support/temp-dir.js'

const address = '0x7AbDfB66db6A2573E4e01347B76142356254D5fE' as Address

const entry = (what: string): JournalEntry => ({
  ...{ nonce: 50, intent: what, what, to: address, data: '0x', gasLimit: 1n },
  attempts: [{ type: 0, price: 1n, tip: 0n, hash: '0x', raw: '0x' } as never],
})

test('of many who note a transaction of one nonce at once one does, and it is his that is noted', async () => {
  await using temp = await tempDir()
  const wishes = Array.from({ length: 50 }, (_, index) => `wish ${index}`)
  const noted = await Promise.all(
    wishes.map((wish) => openJournal(temp.path, { chainId: 42n, address }).add(entry(wish))),
  )
  expect(noted.filter(Boolean)).toHaveLength(1)
  const [name = '', ...others] = await readdir(temp.path)
  expect(others).toEqual([])
  const kept = JSON.parse(await readFile(join(temp.path, name), 'utf8')) as JournalEntry
  expect(kept.intent).toBe(wishes[noted.indexOf(true)])
})
