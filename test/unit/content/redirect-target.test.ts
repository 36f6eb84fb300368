import { expect, test } from 'vitest'
import { targetOf } from '../../../src/content/redirects.js'

test.each([
  ['https://a.example/x', 'https://b.example/y', 'https://b.example/y'],
  ['http://a.example/x', 'https://a.example/x', 'https://a.example/x'],
  ['http://a.example/x', 'http://b.example', 'http://b.example/'],
  ['https://a.example/x/y', '../z', 'https://a.example/z'],
  ['https://a.example/x', '//b.example/y', 'https://b.example/y'],
])('from %s to %s leads to %s', (from, location, expected) => {
  expect(targetOf(location, new URL(from)).href).toBe(expected)
})

test.each([
  ['http://b.example/y', 'it redirects from https to cleartext at b.example'],
  ['data:text/plain,hello', 'it redirects to a data: URL'],
  ['javascript:alert(1)', 'it redirects to a javascript: URL'],
  ['https://', 'it redirects to something that is not a URL'],
])('from https to %s leads nowhere', (location, expected) => {
  expect(() => targetOf(location, new URL('https://a.example/x'))).toThrow(expected)
})
