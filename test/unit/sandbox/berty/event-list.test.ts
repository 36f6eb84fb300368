import { describe, expect, test } from 'vitest'
import type { Entry } from '../../../../src/sandbox/berty/entry.js'
import { EventList } from '../../../../src/sandbox/berty/event-list.js'

const entry = (at: number): Entry => ({
  ...{ group: '', list: 'messages', id: Buffer.of(at >> 8, at & 255), frame: Buffer.alloc(0), size: 0, sentAt: at },
  ...{ parents: [], holders: new Set() },
  from: { name: 'a', memberKey: '', deviceKey: '', isOpen: true, hasKeyFor: () => true },
})

const times = (entries: readonly Entry[]): number[] => entries.map(({ sentAt }) => sentAt)

const filled = (most: number, ...at: number[]): EventList => {
  const list = new EventList(most)
  for (const each of at) list.add(entry(each))
  return list
}

describe('the list of events', () => {
  test('live ones newest first, loaded ones oldest first behind them', () => {
    const list = filled(100, 2, 1, 3)
    expect(times(list.list())).toEqual([3, 1, 2])
    list.reload()
    list.add(entry(4))
    expect(times(list.list())).toEqual([4, 1, 2, 3])
    expect(times(list.newest(2))).toEqual([4])
  })

  test('is cut by position, and reversed as a whole', () => {
    const list = filled(100, 1, 2, 3, 4)
    const [since, until] = [entry(3).id, entry(2).id]
    expect(times(list.cut({ since, until, isReversed: false }))).toEqual([3, 2])
    expect(times(list.cut({ until, isReversed: true }))).toEqual([2, 3, 4])
    expect(() => list.cut({ since: until, until: since, isReversed: false })).toThrow('ErrInvalidRange(#101)')
    expect(() => list.cut({ since: entry(9).id, isReversed: false })).toThrow('ErrInvalidRange(#101)')
  })

  test('keeps about as many as it may, the newest', () => {
    const list = filled(10, ...Array.from({ length: 1000 }, (_, at) => at))
    expect(list.length).toBeGreaterThanOrEqual(10)
    expect(list.length).toBeLessThan(100)
    expect(times(list.list())[0]).toBe(999)
    expect(list.find(entry(999).id)).toBeDefined()
    expect(list.find(entry(1).id)).toBeUndefined()
  })
})
