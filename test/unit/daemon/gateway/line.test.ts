import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Line, type Place } from '../../../../src/daemon/gateway/line.js'

test('whoever comes and goes, those who are left stand in the order in which they came', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat(9), { freq: 2 })), (steps) => {
      const line = new Line<number>()
      const places: Place<number>[] = []
      let next = 0
      for (const step of steps) {
        if (step === null || step >= places.length) places.push(line.join(next++))
        else for (const place of places.splice(step, 1)) line.leave(place)
        const expected = places.map(({ who }) => who)
        expect([line.all, line.size, line.oldest]).toEqual([expected, expected.length, expected[0]])
      }
    }),
  )
})

test('who has left holds nobody any more', () => {
  const line = new Line<string>()
  const [first, middle] = ['a', 'b', 'c'].map((who) => line.join(who)) as [Place<string>, Place<string>]
  line.leave(middle)
  line.leave(first)
  expect([first.after, middle.before, middle.after]).toEqual([undefined, undefined, undefined])
})
