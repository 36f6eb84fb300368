import { describe, expect, test } from 'vitest'
import { parseDescriptors } from '../../support/parse-descriptors.js'

const HEAD = 'syntax = "proto3"; package p; message A {} service S { rpc m(A) returns (A); }\n'
const times = (n: number, part: (i: number) => string): string =>
  Array.from({ length: n }, (_none, i) => part(i)).join('')
const PARTS = 'one block holds more than 2000 fields, values, methods or other parts'

const parse = (text: string) => parseDescriptors(new Map([['a.proto', HEAD + text]]))

describe('proto files of some hundred kilobytes that would take a parser minutes are refused at once', () => {
  test.each([
    ['fields', `message M {${times(150_000, (i) => `bool f${i} = ${i + 1};`)}}`, PARTS],
    ['fields of a oneof', `message M { oneof o {${times(10_000, (i) => `bool f${i} = ${i + 1};`)}}}`, PARTS],
    ['groups', `message M {${times(10_000, (i) => `optional group G${i} = ${i + 1} {}`)}}`, PARTS],
    ['reserved numbers', `message M { reserved ${times(10_000, (i) => `${i + 1},`)} 5; }`, PARTS],
    ['methods', `service T {${times(40_000, (i) => `rpc m${i}(A) returns (A);`)}}`, PARTS],
    ['values', `enum E {${times(40_000, (i) => `V${i} = ${i};`)}}`, 'one block holds more than 10000 fields'],
    ['extensions', times(10_000, (i) => `extend A { bool x${i} = ${i + 1}; }`), 'more than 1000 extension fields'],
    ['messages', times(9_000, () => 'message M { message N {} }'), 'more than 10000 messages, enums and other blocks'],
    ['options', times(10_000, (i) => `option (a${i}).b = 1;`), 'one block holds more than 500 options'],
    ['parts of an option', `option (a) = {${times(40_000, () => 'a 1 ')}};`, 'more than 2000 words and signs'],
    ['options of a field', `message M { bool f = 1 [${times(9_000, () => 'a=1,')} b=1]; }`, 'more than 2000 words'],
    ['levels', `${times(10_000, (i) => `message N${i} {`)}${'}'.repeat(10_000)}`, 'blocks nest deeper than 64 levels'],
    ['letters', `message ${'a'.repeat(100_000)} {}`, 'one word is longer than 256 letters'],
    ['parts of a name', `message M { ${'a.'.repeat(50_000)}A a = 1; }`, 'one word is longer than 256 letters'],
    ['strings', `option a = ${'"" '.repeat(1_100_000)};`, 'words and signs'],
  ])('too many %s', { timeout: 5_000 }, (_what, text, message) => {
    expect(() => parse(text)).toThrow(
      expect.objectContaining({ kind: 'invalid-config', message: expect.stringContaining(message) as string }),
    )
  })

  test('the line is told', () => {
    const fields = times(2_001, (i) => `bool f${i} = ${i + 1};\n`)
    expect(() => parse(`message M {\n${fields}}`)).toThrow(`a.proto: ${PARTS} (line 2003)`)
  })
})

test('files that are far larger than those of any service are compiled', () => {
  const message = (j: number): string =>
    `message M${j} {${times(200, (i) => `repeated A field_${i} = ${i + 1} [deprecated = true];`)}}`
  const files = Array.from({ length: 40 }, (_none, j) => [
    `f${j}.proto`,
    `syntax = "proto3"; package p; import "a.proto"; ${message(j)} enum E${j} {${times(40, (i) => `E${j}_${i} = ${i};`)}}
     service S${j} {${times(30, (i) => `rpc m${i}(M${j}) returns (M${j}) { option deprecated = true; }`)}}`,
  ])
  const { methods, faults } = parseDescriptors(new Map([['a.proto', HEAD], ...files] as [string, string][]))
  expect(faults).toEqual([])
  expect(methods.size).toBe(40 * 30 + 1)
  expect(methods.get('/p.S7/m1')?.encodeRequest({ field_3: [{}] })).toEqual(Buffer.from('2200', 'hex'))
})
