import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BASE_42, BASE_58, decodeBaseX, encodeBaseX } from '../../../../../src/daemon/infra/berty/invites/base-x.js'

test.each([BASE_42, BASE_58])('bytes survive %s, zeros in front included', (alphabet) => {
  const bytes = fc.tuple(fc.nat(3), fc.uint8Array({ maxLength: 60 }))
  fc.assert(
    fc.property(bytes, ([zeros, rest]) => {
      const whole = Buffer.concat([Buffer.alloc(zeros), rest])
      expect(decodeBaseX(encodeBaseX(whole, alphabet), alphabet)?.toString('hex')).toBe(whole.toString('hex'))
    }),
  )
})

test('a character of another alphabet is no text of this one', () => {
  expect(decodeBaseX('a', BASE_42)).toBeUndefined()
  expect(decodeBaseX('0', BASE_58)).toBeUndefined()
})
