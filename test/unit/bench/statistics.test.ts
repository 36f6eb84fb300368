import { describe, expect, it } from 'vitest'
import { median, percentile, summarize } from '../../../bench/suite/statistics.js'

describe('median', () => {
  it('is the one in the middle, whatever the order', () => expect(median([9, 1, 5])).toBe(5))
  it('is halfway between the two in the middle', () => expect(median([4, 1, 3, 100])).toBe(3.5))
  it('sorts numbers, not texts', () => expect(median([10, 9, 100])).toBe(10))
  it('of nothing is no number', () => expect(median([])).toBeNaN())
  it('leaves what it is given as it was', () => {
    const values = [3, 1, 2]
    median(values)
    expect(values).toEqual([3, 1, 2])
  })
})

it('a summary has how far the rounds were apart', () => {
  expect(summarize([4, 2, 9])).toEqual({ median: 4, least: 2, most: 9 })
})

describe('percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => i + 1)
  it('is what so large a share does not exceed', () => {
    expect(percentile(hundred, 0.5)).toBe(50)
    expect(percentile(hundred, 0.99)).toBe(99)
  })
  it('of one value is that value', () => expect(percentile([7], 0.99)).toBe(7))
  it('of nothing is no number', () => expect(percentile([], 0.5)).toBeNaN())
})
