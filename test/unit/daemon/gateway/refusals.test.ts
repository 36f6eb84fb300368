import { expect, test } from 'vitest'
import { Refusals } from '../../../../src/daemon/gateway/index.js'

test('the last refusals are kept, the newest first, each in a bounded text', () => {
  const refusals = new Refusals()
  for (let i = 0; i < 1_000; i++) refusals.add('/a.B/c', 'payment-rejected', `channel ${i} ${'x'.repeat(10_000)}`)
  const kept = refusals.list()
  expect(kept).toHaveLength(40)
  expect(kept[0]?.message.startsWith('channel 999 ')).toBe(true)
  for (const { message } of kept) expect(message.length).toBeLessThanOrEqual(300)
})

test('the same refusal in a row is one with a count', () => {
  const refusals = new Refusals()
  for (let i = 0; i < 5; i++) refusals.add('/a.B/c', 'rate-limited', 'too many')
  refusals.add('/a.B/d', 'rate-limited', 'too many')
  expect(refusals.list().map(({ method, count }) => [method, count])).toEqual([
    ['/a.B/d', 1],
    ['/a.B/c', 5],
  ])
})
