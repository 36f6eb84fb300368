import { afterEach, expect, test } from 'vitest'
import { mayBeShort, resolveShort, shortAddress, shortId } from '../../../src/client/short-ids.js'

const ID = '0f3a9c1d-5b7e-4c2a-9f10-2d3e4f5a6b7c'
const OTHER = '0f3a9c1d-ffff-4c2a-9f10-2d3e4f5a6b7c'

const ADDRESS = `0x1234${'0'.repeat(32)}abcd`

const { isTTY } = process.stdout
afterEach(() => void (process.stdout.isTTY = isTTY))
const onTerminal = (is: boolean): boolean => (process.stdout.isTTY = is)

test('on a terminal ids and keys of machines are shown by 8 characters, what a person chose is whole', () => {
  onTerminal(true)
  const ids = [ID, 'a'.repeat(64), 'nightly-2026-11-28', 'r1', null]
  expect(ids.map(shortId)).toEqual(['0f3a9c1d', 'aaaaaaaa', 'nightly-2026-11-28', 'r1', '-'])
})

test('in a pipe everything is whole', () => {
  onTerminal(false)
  expect([ID, 'a'.repeat(64)].map(shortId)).toEqual([ID, 'a'.repeat(64)])
  expect(shortAddress(ADDRESS)).toBe(ADDRESS)
})

test('what is shown is taken back, and refused with its candidates where it means two', () => {
  onTerminal(true)
  expect(mayBeShort(shortId(ID))).toBe(true)
  expect(resolveShort('run', '0f3a9c1d', [ID, 'r1', ID])).toBe(ID)
  expect(resolveShort('run', ID, [ID, OTHER])).toBe(ID)
  expect(resolveShort('run', '0f3a9c1d-f', [ID, OTHER])).toBe(OTHER)
  expect(resolveShort('run', 'ffffffff', [ID])).toBe('ffffffff')
  expect(resolveShort('run', '0F3A9C1D', [ID])).toBe(ID)
  expect(() => resolveShort('run', '0f3a9c1d', [ID, OTHER])).toThrow(`run 0f3a9c1d is ambiguous: ${ID}, ${OTHER}`)
})

test('an address is shortened in its middle', () => {
  onTerminal(true)
  expect(shortAddress(ADDRESS)).toBe('0x1234…abcd')
})
