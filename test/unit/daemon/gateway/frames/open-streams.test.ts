import fc from 'fast-check'
import { expect, test } from 'vitest'
import { OpenStreams } from '../../../../../src/daemon/gateway/frames/open-streams.js'
import { FrameStream } from '../../../../../src/daemon/gateway/frames/stream.js'

/** As far as a number goes. */
const streamOf = (id: number): FrameStream => Object.create(FrameStream.prototype, { id: { value: id } }) as FrameStream

test('holds what a Map by number would, however many come and whoever stays', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(3_000)), { maxLength: 300 }), fc.nat(1), (steps, odd) => {
      const open = new OpenStreams()
      const expected = new Map<number, FrameStream>()
      for (const [comes, number] of steps) {
        const id = number * 2 + odd
        const known = expected.get(id)
        if (comes && !known) {
          const stream = streamOf(id)
          open.add(stream)
          expected.set(id, stream)
        } else if (!comes) {
          open.remove(id)
          expected.delete(id)
        }
        expect(open.get(id)).toBe(expected.get(id))
      }
      expect(open.count).toBe(expected.size)
      expect(new Set(open)).toEqual(new Set(expected.values()))
      for (const [id, stream] of expected) expect(open.get(id)).toBe(stream)
    }),
  )
})

test('one that stays does not stand in the way of thousands that come and go', () => {
  const open = new OpenStreams()
  open.add(streamOf(1))
  for (let id = 3; id < 100_000; id += 2) {
    open.add(streamOf(id))
    expect(open.get(id)?.id).toBe(id)
    open.remove(id)
  }
  expect([...open].map(({ id }) => id)).toEqual([1])
})
