import { expect, test } from 'vitest'
import { parseRequestJson } from '../../../src/content/index.js'

const parse = (text: string): unknown => parseRequestJson(text, 'the request')

test.each([
  ['{"a": 1, "a": 2}', 'a'],
  ['{"a": {"b": 1, "c": [0, {"d": ":,\\"", "d": 2}]}}', 'a.c[1].d'],
  ['{"a": 1, "\\u0061": 2}', 'a'],
  ['[{"x": {"y": 1}}, {"x": {}, "x" : []}]', '[1].x'],
  ['{"a": [1, 2], "b": {"a": 1}, "a": null}', 'a'],
  ['{"__proto__": 1, "__proto__": 2}', '__proto__'],
])('a name given twice is refused with its path: %s', (text, path) => {
  expect(() => parse(text)).toThrow(`the request has ${path} twice`)
})

test.each([
  '{"a": {"a": {"a": 1}}, "b": ["a", "a", {"a": "a"}]}',
  '{"a": "a", "b": "b", "c": "\\"a\\":1,\\"a\\":2"}',
  '[["a", "a"], "a", "a"]',
  '"a"',
  ' { } ',
])('the same text elsewhere is no name: %s', (text) => {
  expect(parse(text)).toEqual(JSON.parse(text))
})

test('what is no JSON is told', () => {
  expect(() => parse('{"a"')).toThrow('invalid JSON in the request: ')
})

test('depth and length are no matter', () => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000)
  expect(() => parse(deep)).not.toThrow()
  const long = JSON.stringify(
    Object.fromEntries(Array.from({ length: 100_000 }, (_none, i) => [`k"${i}`, '\\'.repeat(20)])),
  )
  expect(() => parse(long)).not.toThrow()
})
