import { expect, test } from 'vitest'
import { SnetError } from '../../../src/shared/errors.js'
import { cutShort, listOf } from '../../../src/shared/short-text.js'

test('a text is as it is up to the bound, and ends with an ellipsis beyond it', () => {
  expect(cutShort('12345', 5)).toBe('12345')
  expect(cutShort('123456', 5)).toBe('1234…')
})

test('names are listed up to twenty, and the rest is counted', () => {
  const names = Array.from({ length: 1_000 }, (_none, i) => `n${i}`)
  expect(listOf([])).toBe('none')
  expect(listOf(names.slice(0, 3))).toBe('n0, n1, n2')
  expect(listOf(names)).toMatch(/^n0, n1, .*, n19 and 980 more$/)
  expect(listOf(['x'.repeat(1_000_000), 'y'])).toMatch(/^x{119}…, y$/)
})

test('no hint is longer than a screen, whoever wrote what it quotes', () => {
  expect(new SnetError('bug', 'm', { hint: 'h'.repeat(1_000_000) }).hint).toHaveLength(4_000)
  expect(new SnetError('bug', 'm', {}).hint).toBeUndefined()
})
