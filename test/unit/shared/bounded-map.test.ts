import { expect, test } from 'vitest'
import { BoundedMap } from '../../../src/shared/bounded-map.js'

test('what was set longest ago makes room, and what is set again counts as new', () => {
  const map = new BoundedMap<string, number>(2)
  map.set('a', 1).set('b', 2).set('a', 3).set('c', 4)
  expect([...map]).toEqual([
    ['a', 3],
    ['c', 4],
  ])
})

test('without room nothing is kept', () => {
  expect(new BoundedMap<string, number>(0).set('a', 1).size).toBe(0)
})
