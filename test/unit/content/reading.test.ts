import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseExactJson } from '../../../src/content/exact-json.js'
import { Reading } from '../../../src/content/reading.js'
import type { SnetError } from '../../../src/shared/errors.js'

const exact = (text: string): unknown => parseExactJson(Buffer.from(text), 'a document')

describe('JSON with exact numbers', () => {
  test.each([
    ['{"price":1000000000000000001}', { price: '1000000000000000001' }],
    ['[-12345678901234567890,7]', ['-12345678901234567890', 7]],
    ['[1.5,1e3,1234567890123456.5]', [1.5, 1e3, 1234567890123456.5]],
    ['{"1000000000000000001":"1000000000000000001"}', { '1000000000000000001': '1000000000000000001' }],
    ['["a\\"1000000000000000001",1000000000000000001]', ['a"1000000000000000001', '1000000000000000001']],
    ['["\\\\",1000000000000000001]', ['\\', '1000000000000000001']],
    ['1000000000000000001', '1000000000000000001'],
  ])('%s', (text, expected) => {
    expect(exact(text)).toEqual(expected)
  })

  test('everything else is what JSON.parse makes of it', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        fc.pre(!/\d{16,}/.test(text))
        expect(exact(text)).toEqual(JSON.parse(text))
      }),
    )
  })

  test.each([
    ['quotes that are open', `{"a":${'"\\'.repeat(1_000_000)}`],
    ['one string of megabytes', JSON.stringify({ a: '\\"'.repeat(1_000_000) })],
    ['one string without anything', JSON.stringify({ a: 'x'.repeat(4_000_000) })],
    ['one number of megabytes', '1'.repeat(1_000_000)],
    ['lists within lists', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ])('%s are read or refused in time', { timeout: 5_000 }, (_what, text) => {
    try {
      exact(text)
    } catch (fault) {
      expect(fault).toMatchObject({ kind: 'invalid-config' })
    }
  })
})

test.each([
  ['lists', '[', ']'],
  ['objects', '{"a":', '}'],
])('%s within each other are a fault of the document where they go too deep', (_what, open, close) => {
  const nested = (levels: number): string => `${open.repeat(levels)}1${close.repeat(levels)}`
  expect(exact(`{"a":"${'['.repeat(200)}","b":${nested(99)}}`)).toBeDefined()
  for (const levels of [101, 5_000, 1_000_000])
    expect(() => exact(nested(levels))).toThrow('a document nests deeper than 100 levels')
})

describe('fields', () => {
  const fields = (json: string) => new Reading('doc').object(exact(json))

  test.each([
    ['exactly', '{"group_name":"a"}'],
    ['in other letter case', '{"Group_Name":"a"}'],
    ['exactly, before another spelling', '{"group_name":"a","GROUP_NAME":"b"}'],
    ['exactly, after another spelling', '{"GROUP_NAME":"b","group_name":"a"}'],
    ['in two other spellings, of which the last counts', '{"GROUP_NAME":"b","Group_Name":"a"}'],
  ])('are found %s', (_what, json) => {
    expect(fields(json)['group_name']).toBe('a')
  })

  test('are none of what objects inherit', () => {
    expect(fields('{}')['constructor']).toBeUndefined()
    expect(fields('{"__proto__":{"groups":[]}}')['groups']).toBeUndefined()
  })
})

describe('faults', () => {
  const finish = (reading: Reading): SnetError => {
    try {
      return reading.finish()
    } catch (fault) {
      return fault as SnetError
    }
  }

  test('are told together, each with document and path, once', () => {
    const reading = new Reading('doc')
    reading.text(undefined, 'a')
    reading.text(7, 'b')
    reading.text(7, 'b')
    reading.list('x', 'c')
    reading.choice('xml', 'd', ['proto', 'json'])
    reading.choice(undefined, 'e', ['x', 'y', 'z'])
    reading.amount(2n ** 256n, 'f')
    reading.amount(String(2n ** 256n), 'g')
    const { kind, message, hint } = finish(reading)
    expect(kind).toBe('invalid-config')
    expect(message.split('\n')).toEqual([
      'doc: a must be a text, and is missing',
      'doc: b must be a text',
      'doc: c must be a list',
      'doc: d must be proto or json, it is "xml"',
      'doc: e must be x, y or z, it is missing',
      'doc: f must be a whole number from 0 on',
      'doc: g must be a whole number from 0 on',
    ])
    expect(hint).toBe('Publish corrected metadata and register its new address.')
  })

  test('with a cure of their own tell it', () => {
    const reading = new Reading('doc')
    reading.knownFault('no such thing', 'Do this.')
    expect(finish(reading)).toMatchObject({ message: 'no such thing', hint: 'Do this.' })
  })

  test('by the thousand are not all told', () => {
    const reading = new Reading('doc')
    for (let i = 0; i < 5_000; i++) reading.text(7, `list[${i}]`)
    const lines = finish(reading).message.split('\n')
    expect(lines).toHaveLength(21)
    expect(lines.at(-1)).toBe('and 4980 more')
  })

  test('are told at bounded length, whatever names the document has', () => {
    const reading = new Reading('doc')
    reading.text(7, `groups "${'x'.repeat(1_000_000)}".name`)
    reading.knownFault('y'.repeat(1_000_000), 'z'.repeat(1_000_000))
    const { message, hint = '' } = finish(reading)
    expect(message.length).toBeLessThan(1_000)
    expect(hint.length).toBeLessThan(1_000)
  })

  test('the largest amount of the chain is none', () => {
    const reading = new Reading('doc')
    expect(reading.amount(String(2n ** 256n - 1n), 'a')).toBe(2n ** 256n - 1n)
    expect(reading.hasFaults).toBe(false)
  })
})
