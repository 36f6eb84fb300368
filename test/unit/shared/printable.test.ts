import { expect, test } from 'vitest'
import { printable, printableLine } from '../../../src/shared/printable.js'

test.each([
  ['a window title', '\u001b]0;owned\u0007', '\\u001b]0;owned\\u0007'],
  ['a cleared screen', 'a\u001b[2Jb', 'a\\u001b[2Jb'],
  ['an eight-bit sequence', '\u009b31mred', '\\u009b31mred'],
  ['a line written over', 'paid\rfree', 'paid\\u000dfree'],
  ['a character taken back', 'no\b\bok\u007f', 'no\\u0008\\u0008ok\\u007f'],
  ['a reversed reading order', 'a\u202egpj\u2066\u200f', 'a\\u202egpj\\u2066\\u200f'],
  ['lines of other kinds', 'a\u2028b\u2029c\u0085d', 'a\\u2028b\\u2029c\\u0085d'],
  ['what is not seen', 'a\u200b\ufeff\u{e0041}', 'a\\u200b\\ufeff\\udb40\\udc41'],
  ['half a character', '\ud800', '\\ud800'],
])('%s stands there as text', (_what, given, shown) => {
  expect(printable(given)).toBe(shown)
  expect(printable(shown)).toBe(shown)
})

test('text of any script stays as it is', () => {
  const text = 'ünïcode 👩‍👩‍👧 می‌خواهم\n\t漢字 עברית'
  expect(printable(text)).toBe(text)
})

test('JSON stays the same JSON', () => {
  const value = { '\u009b': '\u001b[2J\u2028\u202e"\\', deep: ['\u{e0041}'] }
  const shown = printable(JSON.stringify(value, null, 2))
  expect(JSON.parse(shown)).toEqual(value)
  expect(shown).toMatch(/^[\x20-\x7e\n]*$/)
})

test('in a cell, a new line is text as well', () => {
  expect(printableLine('a\nError: b\tc')).toBe('a\\u000aError: b\\u0009c')
})
