import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseProxyHeader } from '../../../../../src/daemon/gateway/transport/clients/proxy-header.js'

const SIGNATURE = Buffer.from('0d0a0d0a000d0a515549540a', 'hex')
/** @param size what the head says of the rest, when that is not the truth */
function v2(command: number, kind: number, rest: Buffer, size = rest.length): Buffer {
  const head = Buffer.from([command, kind, size >> 8, size & 0xff])
  return Buffer.concat([SIGNATURE, head, rest])
}
const V4 = Buffer.from([203, 0, 113, 7, 10, 0, 0, 1, 0xdc, 0x04, 0x01, 0xbb])
const V6 = Buffer.concat([Buffer.from('20010db8000000000000000000000007', 'hex'), Buffer.alloc(16), Buffer.alloc(4)])
const MAPPED = Buffer.concat([
  Buffer.from('00000000000000000000ffffcb007107', 'hex'),
  Buffer.alloc(16),
  Buffer.alloc(4),
])

const good: [what: string, header: Buffer, client: string | undefined][] = [
  ['a line of IPv4', Buffer.from('PROXY TCP4 203.0.113.7 10.0.0.1 56324 443\r\n'), '203.0.113.7'],
  ['a line of IPv6', Buffer.from('PROXY TCP6 2001:db8::7 ::1 1 65535\r\n'), '2001:db8::7'],
  ['a line of a mapped address', Buffer.from('PROXY TCP6 ::ffff:203.0.113.7 ::1 1 2\r\n'), '203.0.113.7'],
  ['a line of what is unknown', Buffer.from('PROXY UNKNOWN\r\n'), undefined],
  ['the same with more', Buffer.from('PROXY UNKNOWN ffff::1 ffff::2 1 2\r\n'), undefined],
  ['bytes of IPv4', v2(0x21, 0x11, V4), '203.0.113.7'],
  ['bytes of IPv4 with more behind', v2(0x21, 0x11, Buffer.concat([V4, Buffer.alloc(500, 1)])), '203.0.113.7'],
  ['bytes of IPv6', v2(0x21, 0x21, V6), '2001:db8::7'],
  ['bytes of a mapped address', v2(0x21, 0x21, MAPPED), '203.0.113.7'],
  ['bytes of a proxy that speaks for itself', v2(0x20, 0x00, Buffer.alloc(0)), undefined],
  ['the same with an address', v2(0x20, 0x11, V4), undefined],
  ['bytes of a socket of UNIX', v2(0x21, 0x31, Buffer.alloc(216)), undefined],
  ['bytes of no address', v2(0x21, 0x00, Buffer.alloc(3)), undefined],
]

describe.each(good)('%s', (_what, header, client) => {
  test('is read, and what follows is left', () => {
    expect(parseProxyHeader(Buffer.concat([header, Buffer.from('PRI * HTTP/2.0\r\n')]))).toEqual({
      length: header.length,
      client,
    })
  })

  test('is waited for, wherever it is cut', () => {
    for (let cut = 0; cut < header.length; cut++) expect(parseProxyHeader(header.subarray(0, cut))).toBeUndefined()
  })
})

test.each([
  ['another protocol', 'GET / HTTP/1.1\r\n\r\n'],
  ['another one that begins alike', 'PROXX '],
  ['a line without an end', `PROXY UNKNOWN ${'x'.repeat(200)}`],
  ['a line that is too long', `PROXY UNKNOWN ${'x'.repeat(100)}\r\n`],
  ['two blanks', 'PROXY  TCP4 1.2.3.4 1.2.3.4 1 2\r\n'],
  ['a family that is not its address', 'PROXY TCP4 ::1 ::1 1 2\r\n'],
  ['an address that is none', 'PROXY TCP4 1.2.3.04 1.2.3.4 1 2\r\n'],
  ['an address with a zone', 'PROXY TCP6 fe80::1%eth0 ::1 1 2\r\n'],
  ['a port that is none', 'PROXY TCP4 1.2.3.4 1.2.3.4 1 65536\r\n'],
  ['a port with a nought in front', 'PROXY TCP4 1.2.3.4 1.2.3.4 01 2\r\n'],
  ['more behind the ports', 'PROXY TCP4 1.2.3.4 1.2.3.4 1 2 3\r\n'],
  ['small letters', 'proxy TCP4 1.2.3.4 1.2.3.4 1 2\r\n'],
])('%s is malformed', (_what, text) => {
  expect(parseProxyHeader(Buffer.from(text))).toBe('malformed')
})

test.each([
  ['another version', v2(0x11, 0x11, V4)],
  ['a command that is none', v2(0x22, 0x11, V4)],
  ['a family that is none', v2(0x21, 0x41, V4)],
  ['an address that is cut', v2(0x21, 0x11, V4.subarray(0, 11))],
  ['an address of IPv6 that is one of IPv4', v2(0x21, 0x21, V4)],
  ['more than anybody tells', v2(0x21, 0x11, V4, 5_000)],
])('bytes of %s are malformed', (_what, header) => {
  expect(parseProxyHeader(header)).toBe('malformed')
})

test('whatever comes, the answer is one of three, and a header is never longer than what has come', () => {
  const start = fc.constantFrom(
    SIGNATURE,
    Buffer.from('PROXY '),
    Buffer.from('PROXY TCP4 '),
    Buffer.from([...SIGNATURE, 0x21, 0x11]),
  )
  fc.assert(
    fc.property(start, fc.uint8Array({ maxLength: 6_000 }), (head, rest) => {
      const bytes = Buffer.concat([head, rest])
      const found = parseProxyHeader(bytes)
      if (found === undefined) expect(bytes.length).toBeLessThan(4_096)
      else if (found !== 'malformed') expect(found.length).toBeLessThanOrEqual(bytes.length)
    }),
  )
})

test('what was read of the beginning is read of the whole', () => {
  fc.assert(
    fc.property(fc.constantFrom(...good), fc.uint8Array({ maxLength: 300 }), ([, header], behind) => {
      expect(parseProxyHeader(Buffer.concat([header, behind]))).toEqual(parseProxyHeader(header))
    }),
  )
})
