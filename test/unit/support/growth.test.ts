import { describe, expect, test } from 'vitest'
import { judgeMemory, type HeldAfter, ROOM } from '../../support/fuzz/memory.js'
import { growthOf } from '../../support/growth.js'

/** Up and down by a part of what is allowed. */
const noise = (at: number, room: number): number => (room / 3) * Math.sin(at * 2.4)

const readings = (count: number, change: (at: number) => Partial<HeldAfter> = () => ({})): HeldAfter[] =>
  Array.from({ length: count }, (_none, at) => ({
    cases: at * 100,
    heapMiB: 60 + noise(at, ROOM.heapMiB),
    externalMiB: 20 + noise(at, ROOM.externalMiB),
    residentMiB: 300 + noise(at, ROOM.residentMiB),
    files: 80 + noise(at, ROOM.files),
    handles: 40,
    ...change(at),
  }))

test('medians are of the quarter after the first reading, and of the last quarter', () => {
  const growth = growthOf([100, 1, 2, 3, 4, 5, 6, 50])
  expect(growth?.of((value) => value)).toEqual([1.5, 28])
  expect(growthOf([1, 2, 3, 4, 5, 6, 7])).toBeUndefined()
})

test('memory that goes up and down is no leak, and too few readings tell nothing', () => {
  expect(judgeMemory(readings(16)).grown).toEqual([])
  expect(judgeMemory(readings(7)).grown).toBeUndefined()
})

describe('what grows from case to case is told', () => {
  test.each(Object.entries(ROOM))('%s', (name, room) => {
    const grown = judgeMemory(readings(16, (at) => ({ [name]: 100 + (at * room) / 8 }))).grown
    expect(grown).toEqual([expect.stringContaining(`${name} `)])
  })
})
