import { expect, test } from 'vitest'
import { Bus, type Subscriber } from '../../../../src/sandbox/berty/bus.js'
import type { Entry } from '../../../../src/sandbox/berty/entry.js'

const entry = (sentAt: number): Entry => ({ sentAt }) as Entry

const reader = (room = Infinity): Subscriber & { seen: number[]; room: number; isOrphan: boolean } => ({
  seen: [],
  room,
  isOrphan: false,
  get hasRoom() {
    return this.seen.length < this.room
  },
  receive({ sentAt }) {
    this.seen.push(sentAt)
  },
  orphaned() {
    this.isOrphan = true
  },
})

test('the slowest reader sets the pace of all', () => {
  const bus = new Bus()
  const [quick, slow] = [reader(), reader(2)]
  bus.subscribe(quick)
  const leave = bus.subscribe(slow)
  for (let at = 1; at <= 5; at++) bus.publish(entry(at))
  expect(quick.seen).toEqual([1, 2])
  slow.room = 3
  bus.flow()
  expect(quick.seen).toEqual([1, 2, 3])
  leave()
  expect(quick.seen).toEqual([1, 2, 3, 4, 5])
  expect(slow.seen).toEqual([1, 2, 3])
})

test('a pause keeps everything for later', () => {
  const bus = new Bus()
  const only = reader()
  bus.subscribe(only)
  bus.pause()
  bus.publish(entry(1))
  expect(only.seen).toEqual([])
  bus.resume()
  expect(only.seen).toEqual([1])
})

test('orphans hear once that they are, and nothing afterwards', () => {
  const bus = new Bus()
  const orphan = reader(0)
  bus.subscribe(orphan)
  bus.publish(entry(1))
  bus.orphan()
  const fresh = reader()
  bus.subscribe(fresh)
  bus.publish(entry(2))
  expect(orphan).toMatchObject({ isOrphan: true, seen: [] })
  expect(fresh.seen).toEqual([2])
})

test('nobody is sent what was published before he came', () => {
  const bus = new Bus()
  bus.publish(entry(1))
  const late = reader()
  bus.subscribe(late)
  bus.publish(entry(2))
  expect(late.seen).toEqual([2])
})
