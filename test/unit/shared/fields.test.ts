import { expect, test } from 'vitest'
import { wireFields } from '../../../src/shared/wire/index.js'

const read = (hex: string) => [...wireFields(Buffer.from(hex, 'hex'))]

test('fields are read by their wire types, the empty ones too', () => {
  expect(read('')).toEqual([])
  expect(read('0a026869' + '1200' + '1801')).toEqual([
    { number: 1, wireType: 2, value: Buffer.from('hi') },
    { number: 2, wireType: 2, value: Buffer.alloc(0) },
    { number: 3, wireType: 0, value: 1n },
  ])
  expect(read('09' + '00'.repeat(8) + '1d' + '00'.repeat(4))).toEqual([
    { number: 1, wireType: 1 },
    { number: 3, wireType: 5 },
  ])
})

test('numbers of 64 bits are exact, and one of all ones is the largest', () => {
  expect(read('08ffffffffffffffffff01')).toEqual([{ number: 1, wireType: 0, value: 2n ** 64n - 1n }])
  expect(read('0881808080808080800f')).toEqual([{ number: 1, wireType: 0, value: 15n * 2n ** 56n + 1n }])
})

test('bytes that are no Buffer are read as well', () => {
  expect([...wireFields(Uint8Array.of(0x0a, 1, 7))]).toEqual([{ number: 1, wireType: 2, value: Uint8Array.of(7) }])
})

test.each([
  ['a text that goes past the end', '0a7f01'],
  ['a text longer than any memory', '0affffffff0f'],
  ['a tag without its value', '08'],
  ['a number that does not end', '08ffffffffffffffffffffff'],
  ['a tag that does not end', 'ffffffffffffffffffffff'],
  ['field zero', '0000'],
  ['a group', '0b'],
  ['the end of a group', '0c'],
  ['a fixed value cut short', '0900'],
])('%s is no message', (_, hex) => {
  expect(() => read(hex)).toThrow('the request is not a protobuf message')
})
