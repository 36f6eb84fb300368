import { describe, expect, test } from 'vitest'
import { Backoff } from '../../../src/shared/retry.js'

const times = { firstMs: 100, longestMs: 500 }
const pauses = (backoff: Backoff, count: number): number[] => Array.from({ length: count }, () => backoff.nextMs())

describe('trying again', () => {
  test('waits twice as long after each failure, up to the longest pause, however often it fails', () => {
    expect(pauses(new Backoff(times), 5)).toEqual([100, 200, 400, 500, 500])
    expect(pauses(new Backoff(times), 5_000).at(-1)).toBe(500)
  })

  test('begins anew after a success', () => {
    const backoff = new Backoff(times)
    expect(backoff.isFresh).toBe(true)
    pauses(backoff, 3)
    expect(backoff.isFresh).toBe(false)
    backoff.reset()
    expect([backoff.isFresh, backoff.nextMs()]).toEqual([true, 100])
  })

  test('is spread by up to half of each pause, so that many do not come at once', () => {
    const seen = Array.from({ length: 200 }, () => new Backoff(times, { isSpread: true }).nextMs())
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(50)
    expect(Math.max(...seen)).toBeLessThanOrEqual(100)
    expect(new Set(seen).size).toBeGreaterThan(1)
  })

  test('does not wait for whoever has gone, nor any longer once he goes', async () => {
    const caller = new AbortController()
    const waiting = new Backoff({ firstMs: 3_600_000, longestMs: 3_600_000 }).wait(caller.signal)
    caller.abort()
    await waiting
    await new Backoff({ firstMs: 3_600_000, longestMs: 3_600_000 }).wait(caller.signal)
  })
})
