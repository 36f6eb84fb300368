import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MAX_HEADER_CHARACTERS } from '../../../../../src/daemon/infra/limits.js'
import { headerText, isTestKey, parseHeader, textBody } from '../../../../../src/daemon/infra/message/index.js'

const header = fc.record({
  run: fc.stringMatching(/^[\w.-]{1,64}$/),
  test: fc.string({ minLength: 1, maxLength: 64, unit: 'grapheme' }).filter(isTestKey),
  sequence: fc.integer({ min: 0, max: 1_000_000_000 }),
  sentAt: fc.integer({ min: 0, max: 2 ** 53 - 1 }),
})

test('a body has its size exactly, says what it is where it is long enough, and starts with no slash', () => {
  fc.assert(
    fc.property(header, fc.integer({ min: 1, max: 2_000 }), fc.string(), (of, size, seed) => {
      const body = textBody({ seed, size }, of)
      expect(body).toHaveLength(size)
      expect(body.startsWith('/')).toBe(false)
      expect(headerText(of).length).toBeLessThanOrEqual(MAX_HEADER_CHARACTERS)
      if (size >= headerText(of).length) expect(parseHeader(body)).toEqual(of)
    }),
  )
})

test('the same seed gives the same tails, whenever they are sent; another seed, test or sequence other ones', () => {
  const of = { run: 'r1', test: '3', sequence: 7, sentAt: 1_700_000_000_000_000 }
  const tail = (seed: string, over: Partial<typeof of> = {}): string => {
    const body = textBody({ seed, size: 300 }, { ...of, ...over })
    return body.slice(headerText({ ...of, ...over }).length)
  }
  expect(tail('s', { sentAt: 1_800_000_000_000_000, run: 'r2' })).toBe(tail('s'))
  expect(new Set([tail('s'), tail('t'), tail('s', { test: '4' }), tail('s', { sequence: 8 })]).size).toBe(4)
  // Written down, so that no version gives other ones.
  expect(textBody({ seed: 'seed', size: 12 }, of)).toBe('mQuvvBsHdQnv')
})

test('what is no header of ours is none, whatever it looks like', () => {
  const texts = [
    '',
    'm1',
    'm1 r 0 0 ',
    'm1 r 0 zzzzzzz 0 x',
    'm1 r 0 0 zzzzzzzzzzz x',
    'm2 r 0 0 0 ',
    'm1 r %E0%A4%A 0 0 ',
    'hello',
    'm1  0 0 0 ',
  ]
  expect(texts.map(parseHeader)).toEqual(texts.map(() => undefined))
  fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => parseHeader(text) === undefined))
})

test('letters are drawn evenly from the 52', () => {
  const body = textBody({ seed: 'even', size: 520_000 }, { run: 'r', test: '0', sequence: 0, sentAt: 0 })
  const counts = new Map<string, number>()
  for (const letter of body.slice(MAX_HEADER_CHARACTERS)) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  expect(counts.size).toBe(52)
  for (const count of counts.values()) expect(Math.abs(count - 10_000)).toBeLessThan(600)
})
