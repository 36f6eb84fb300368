import { expect, test } from 'vitest'
import type { Clock } from '../../../../src/shared/clock.js'
import { createReliability, outageSlots } from '../../../../src/daemon/infra/reliability.js'
import { quietLog } from '../../../support/quiet-log.js'
import { until } from '../../../support/until.js'

const slots = (seed: string, odds: number, count: number): boolean[] => {
  const drawn = outageSlots({ seed, odds })
  return Array.from({ length: count }, () => drawn.next().value)
}

test('the same seed cuts the same slots, another one others', () => {
  expect(slots('a', 3, 200)).toEqual(slots('a', 3, 200))
  expect(slots('a', 3, 200)).not.toEqual(slots('b', 3, 200))
})

test('odds are what they say: 1 cuts every slot, 4 every fourth on average', () => {
  expect(slots('a', 1, 100)).not.toContain(false)
  const cut = slots('a', 4, 10_000).filter(Boolean).length
  expect(cut).toBeGreaterThan(2300)
  expect(cut).toBeLessThan(2700)
})

test('without any means of cutting, off is all it takes, and the rest says so', async () => {
  await using reliability = createReliability({ log: quietLog() })
  expect(() => reliability.set({ timeoutSeconds: 10, odds: 4 })).toThrow('cannot cut its peer off yet')
  expect(reliability.set({ timeoutSeconds: 0, odds: 0 })).toEqual({ timeoutSeconds: 0, odds: 0, seed: '', outages: [] })
})

test.each([
  [0, 4],
  [10, 0],
  [86_401, 1],
  [1, 1_000_001],
  [1.5, 2],
  [-1, 2],
])('%d,%d is out of bounds', async (timeoutSeconds, odds) => {
  await using reliability = createReliability({ log: quietLog() })
  expect(() => reliability.set({ timeoutSeconds, odds })).toThrow(/timeout has to be from 1 to 86400 seconds and odds/)
})

test('outages are logged from begin to end, and each is undone, also the one that is cut short', async () => {
  let [cut, healed, now] = [0, 0, 0]
  let asleep: (() => void) | undefined
  const clock: Clock = {
    nowUs: () => now,
    steadyUs: () => now,
    sleep: (ms, signal) =>
      new Promise((done) => {
        asleep = () => {
          now += ms * 1000
          asleep = undefined
          done()
        }
        signal.addEventListener('abort', () => done(), { once: true })
      }),
  }
  const cutter = {
    cut: async () => {
      cut++
      return {
        [Symbol.asyncDispose]: async () => {
          healed++
        },
      }
    },
  }
  await using reliability = createReliability({ log: quietLog(), clock, cutter })
  reliability.set({ timeoutSeconds: 10, odds: 1, seed: 's' })
  await until('the next slot is waited for', () => asleep !== undefined)
  expect([cut, healed]).toEqual([1, 0])
  asleep?.()
  await until('the next slot is waited for', () => asleep !== undefined)
  expect(reliability.view.outages).toEqual([
    { startedAt: 0, endedAt: 10_000_000 },
    { startedAt: 10_000_000, endedAt: undefined },
  ])
  reliability.set({ timeoutSeconds: 0, odds: 0 })
  await until('both are healed', () => healed === 2)
  expect([cut, reliability.view.outages.at(-1)?.endedAt]).toEqual([2, 10_000_000])
})
