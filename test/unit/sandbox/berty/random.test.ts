import { expect, test } from 'vitest'
import { createRandom } from '../../../../src/sandbox/berty/random.js'

test('the same seed gives the same draws, another one others', () => {
  const draws = (seed: string): unknown[] => {
    const random = createRandom(seed)
    return [random.next(), random.uint64(), random.bytes(33).toString('hex'), random.shuffled([1, 2, 3, 4, 5, 6])]
  }
  expect(draws('x')).toEqual(draws('x'))
  expect(draws('x')).not.toEqual(draws('y'))
})

test('a fork moves with the seed, and not with what its parent draws', () => {
  const parent = createRandom('x')
  parent.bytes(100)
  expect(parent.fork('part').next()).toBe(createRandom('x').fork('part').next())
  expect(createRandom('y').fork('part').next()).not.toBe(createRandom('x').fork('part').next())
})

test('draws fill their range evenly', () => {
  const random = createRandom('even')
  const draws = Array.from({ length: 10_000 }, () => random.between([10, 20]))
  expect(Math.min(...draws)).toBeGreaterThanOrEqual(10)
  expect(Math.max(...draws)).toBeLessThan(20)
  const mean = draws.reduce((sum, each) => sum + each) / draws.length
  expect(Math.abs(mean - 15)).toBeLessThan(0.2)
  expect(draws.filter(() => random.chance(0.25)).length / draws.length).toBeCloseTo(0.25, 1)
})

test('shuffling keeps every item', () => {
  const items = Array.from({ length: 50 }, (_, at) => at)
  const shuffled = createRandom('deck').shuffled(items)
  expect(shuffled).not.toEqual(items)
  expect(shuffled.toSorted((one, other) => one - other)).toEqual(items)
})
