import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Line, type Place } from '../../../src/shared/line.js'

test('whoever comes and goes, those who are left stand in the order in which they came', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat(9), { freq: 2 })), (steps) => {
      const line = new Line<number>()
      const places: Place<number>[] = []
      let next = 0
      for (const step of steps) {
        if (step === null || step >= places.length) places.push(line.join(next++))
        else for (const place of places.splice(step, 1)) for (let i = 0; i < 2; i++) line.leave(place)
        const expected = places.map(({ who }) => who)
        expect([line.all, line.size, line.oldest]).toEqual([expected, expected.length, expected[0]])
      }
    }),
  )
})

test('the oldest is taken, until nobody is left', () => {
  const line = new Line<string>()
  for (const who of ['a', 'b']) line.join(who)
  expect([line.takeOldest(), line.takeOldest(), line.takeOldest(), line.size]).toEqual(['a', 'b', undefined, 0])
})

test('who has left holds nobody any more', () => {
  const line = new Line<string>()
  const [first, middle] = ['a', 'b', 'c'].map((who) => line.join(who)) as [Place<string>, Place<string>]
  line.leave(middle)
  line.leave(first)
  expect([first.after, middle.before, middle.after]).toEqual([undefined, undefined, undefined])
})
