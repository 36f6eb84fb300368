import fc from 'fast-check'
import protobuf from 'protobufjs'
import { expect, test } from 'vitest'
import { tokensOf } from '../../../src/content/proto-tokens.js'

/** As the parser cuts: each string by its quotes, and the line at which each token begins. */
function parserTokens(source: string): string[] {
  const { next } = protobuf.tokenize(source, false)
  const tokens: string[] = []
  for (let token = next(); token !== null; token = next()) {
    if (token !== '"' && token !== "'") tokens.push(token)
    else {
      next()
      tokens.push(`${token}${String(next())}`)
    }
  }
  return tokens
}

const outcome = (cut: () => unknown): unknown => {
  try {
    return cut()
  } catch (fault) {
    return (fault as Error).message.replace(/ \(line.*/, '')
  }
}

const pieces = [
  'message',
  'A',
  '{',
  '}',
  '=',
  ';',
  ' ',
  '\n',
  '\u00a0',
  '"',
  "'",
  '\\',
  '/',
  '//',
  '/*',
  '*/',
  '*',
  '.',
]

test('tokens are those of the parser, so that what is counted is what it will meet', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 30 }), (parts) => {
      const source = parts.join('')
      const own = outcome(() => [...tokensOf(source)].map(({ text }) => text))
      const theirs = outcome(() => parserTokens(source))
      // The parser goes on behind a string that it cannot read; nothing is counted any more by then.
      if (own !== 'illegal string') expect(own).toEqual(theirs)
    }),
    { numRuns: 5_000 },
  )
})

test('each token has its line', () => {
  const source = 'syntax = "proto3"; // one\n/* two\n */ message\n\n"a\\"\n' + "b';"
  const lines = [...tokensOf('a\n/*\n*/b // c\n"d\n"e\n\nf')].map(({ text, line }) => [text, line])
  expect(lines).toEqual([
    ['a', 1],
    ['b', 3],
    ['""', 4],
    ['e', 5],
    ['f', 7],
  ])
  expect(() => [...tokensOf(source)]).toThrow('illegal string (line 5)')
})
