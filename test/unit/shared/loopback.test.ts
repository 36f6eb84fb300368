import { describe, expect, test } from 'vitest'
import { isLoopback, isLoopbackEndpoint } from '../../../src/shared/loopback.js'

const LOOPBACK = [
  ...['localhost', 'LocalHost', '127.0.0.1', '127.0.0.0', '127.9.9.9', '127.255.255.255'],
  ...['::1', '[::1]', '0:0:0:0:0:0:0:1', '0000::0001'],
  ...['::ffff:127.0.0.1', '[::ffff:127.8.9.1]', '::FFFF:7f00:1', '0:0:0:0:0:ffff:127.0.0.1'],
]

const ANYBODY = [
  ...['', ' ', '*', '[]', '0.0.0.0', '::', '[::]', '10.0.0.1', '126.255.255.255', '128.0.0.1', '::2', 'fe80::1'],
  // Names that look like it, and belong to whoever registers them.
  ...['127.0.0.1.evil.example', '127.evil.example', 'localhost.evil.example', 'evil-localhost', 'xlocalhost'],
  ...['localhost.', 'localhost.localdomain', 'localhost6', 'ip6-localhost', 'sub.localhost', '127.0.0.1@evil.example'],
  // Spellings that one resolver takes for an address and another for a name.
  ...['127', '127.1', '127.0.1', '127.0.0.1.', '127.0.0.01', '0177.0.0.1', '0x7f.0.0.1', '0x7f000001', '2130706433'],
  ...[
    '127.0.0.256',
    '127.999.0.1',
    '127.0.0.1/8',
    '127.0.0.0x1',
    '127.0.0.-1',
    '127..0.1',
    '１２７.0.0.1',
    '127。0.0.1',
  ],
  ...[' 127.0.0.1', '127.0.0.1 ', '127.0.0.1\n', '127.0.0.1\0.evil.example', '\tlocalhost', 'local\u00adhost'],
  // Other ways to wrap an IPv4 address, and other addresses that are wrapped.
  ...['::127.0.0.1', '::ffff:0:127.0.0.1', '64:ff9b::7f00:1', '2002:7f00:1::', '::ffff:10.0.0.1', '::ffff:126.0.0.1'],
  ...['::ffff:127.1', '::ffff:127.0.0.256', '::1%lo', '::1%25lo', '::ffff:127.0.0.1%lo', 'fe80::1%lo', '::1/128'],
  ...['[::1', '::1]', '[[::1]]', '[127.0.0.1]', '[localhost]', '[::1]x', '[::1]:80', '127.0.0.1:80', 'localhost:80'],
]

describe('this host by its own name for itself', () => {
  test.each(LOOPBACK)('%j is', (host) => expect(isLoopback(host)).toBe(true))
  test.each(ANYBODY)('%j is not', (host) => expect(isLoopback(host)).toBe(false))

  test.each(['localhost:1', '127.0.0.1:9090', '127.9.9.9:65535', '[::1]:9090', '[::ffff:127.0.0.1]:9090'])(
    'the endpoint %j is',
    (endpoint) => expect(isLoopbackEndpoint(endpoint)).toBe(true),
  )
  test.each([
    ...['', ':9090', '127.0.0.1', 'localhost', '::1', '::1:9090', '127.0.0.1:', '127.0.0.1:x', '127.0.0.1:65536'],
    ...['10.0.0.1:9090', '127.999.0.1:9090', '127.0.0.1:80:evil.example:80', '127.0.0.1:80@evil.example:80'],
    ...['localhost:80.evil.example:80', 'localhost:/@evil.example:80', '[::1]evil.example:80', '127.0.0.1.evil:9090'],
  ])('the endpoint %j is not', (endpoint) => expect(isLoopbackEndpoint(endpoint)).toBe(false))
})
