import { expect, test } from 'vitest'
import { hostPortText, parseHostPort, withoutBrackets } from '../../../src/shared/host-port.js'

test.each([
  ['127.0.0.1:8080', '127.0.0.1', 8080],
  ['peer-1.example.org:1', 'peer-1.example.org', 1],
  ['[::1]:0', '::1', 0],
  ['[2001:DB8::7]:65535', '2001:DB8::7', 65_535],
  ['[::ffff:10.0.0.7]:9090', '::ffff:10.0.0.7', 9090],
])('%s is read, and written as it was', (text, host, port) => {
  expect(parseHostPort(text)).toEqual({ host, port })
  expect(hostPortText({ host, port })).toBe(text)
})

test.each([
  ...[
    '',
    ':',
    ':80',
    'host',
    'host:',
    '127.0.0.1',
    '::1',
    '::1:80',
    '[::1]',
    '[::1]80',
    '[]:80',
    '[host]:80',
    '[::1:80',
  ],
  ...['host:65536', 'host:999999', 'host:-1', 'host:+1', 'host:1.5', 'host:0x50', 'host:8o', 'host:８０', 'a:1:2'],
  ...['ho st:80', ' host:80', 'host:80 ', 'host:80\n', 'http://host:80', 'host/path:80', 'host:80/path'],
])('%j is no HOST:PORT', (text) => expect(parseHostPort(text)).toBeUndefined())

test('brackets are taken off as a pair', () => {
  expect(['[::1]', '::1', '[::1', 'host'].map(withoutBrackets)).toEqual(['::1', '::1', '[::1', 'host'])
})
