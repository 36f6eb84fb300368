import { expect, test } from 'vitest'
import { TokenTable } from '../../../../../src/daemon/gateway/rates/token-table.js'
import { TokenBucket } from '../../../../../src/shared/token-bucket.js'

/** Tokens of one call a second each, by a clock that the test moves. */
function aTable(bounds: { most: number; common: number }) {
  const time = { ms: 0 }
  const table = new TokenTable(() => {
    const bucket = new TokenBucket({ burst: 1, perSecond: 1 }, () => time.ms)
    return {
      has: () => bucket.has(),
      take: () => bucket.take(),
      waitMs: () => bucket.waitMs(),
      isSpare: () => bucket.isFull(),
    }
  }, bounds)
  return { table, time, take: (key: string) => table.of(key).take() }
}

test('any number of names costs no memory before a call of theirs is let in, and not much after it', () => {
  const { table, take } = aTable({ most: 50, common: 4 })
  for (let i = 0; i < 1_000; i++) expect(table.of(`made up ${i}`).has()).toBe(true)
  expect(table.size).toBe(0)
  for (let i = 0; i < 1_000; i++) take(`payer ${i}`)
  expect(table.size).toBeLessThanOrEqual(54)
})

test('nobody who has spent gets it back by others who come, however many', () => {
  const { take } = aTable({ most: 50, common: 4 })
  expect(take('spent')).toBe(true)
  const letIn = Array.from({ length: 1_000 }, (_, i) => take(`another ${i}`)).filter(Boolean)
  expect(take('spent')).toBe(false)
  // Those beyond the bound share.
  expect(letIn.length).toBeLessThanOrEqual(53)
})

test('whoever has his tokens back makes room', () => {
  const { table, time, take } = aTable({ most: 50, common: 1 })
  for (let i = 0; i < 100; i++) take(`payer ${i}`)
  expect(take('newcomer')).toBe(false)
  time.ms = 1_000
  for (let i = 100; i < 150; i++) expect(take(`payer ${i}`)).toBe(true)
  expect(table.size).toBeLessThanOrEqual(51)
})

test('calls of a newcomer that come together have one bucket', () => {
  const { table } = aTable({ most: 50, common: 1 })
  const [one, other] = [table.of('newcomer'), table.of('newcomer')]
  expect([one.has(), other.has()]).toEqual([true, true])
  expect([one.take(), other.take()]).toEqual([true, false])
})
