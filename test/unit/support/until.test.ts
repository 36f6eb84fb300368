import { expect, test } from 'vitest'
import { until } from '../../support/until.js'

test('looks until the fact is there', async () => {
  let looks = 0
  await until('the third look is made', () => ++looks === 3)
  expect(looks).toBe(3)
})

test.each([
  ['is not there', () => false],
  ['is not told at all', () => new Promise<boolean>(() => undefined)],
])('a fact that %s is named when its time is over', async (_name, fact) => {
  await expect(until('the moon is blue', fact, { limitMs: 20 })).rejects.toThrow(
    'waited 0.02 s in vain until the moon is blue',
  )
})

test('what goes wrong with looking is what the test is told', async () => {
  const broken = (): never => {
    throw new Error('no such host')
  }
  await expect(until('the host answers', broken)).rejects.toThrow('no such host')
})
