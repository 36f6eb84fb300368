import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseHead } from '../../../../../src/daemon/gateway/transport/http1/head.js'
import { type Beginning, HeadReader } from '../../../../../src/daemon/gateway/transport/http1/head-reader.js'
import { cutInto, someCuts } from '../../../../support/cuts.js'

const head = (...fields: string[]) => parseHead(['POST /a.B/C HTTP/1.1', ...fields, '', ''].join('\r\n'))

describe('a head', () => {
  test('has its fields in order, with small names, and without the blanks around values', () => {
    expect(head('Host: a', 'X-A:  b c\t', 'x-a:', 'X-Bin: ÿ')).toEqual({
      ...{ method: 'POST', target: '/a.B/C', version: '1.1', keepsAlive: true, waitsForWord: false },
      raw: ['host', 'a', 'x-a', 'b c', 'x-a', '', 'x-bin', 'ÿ'],
      body: { kind: 'sized', bytes: 0 },
    })
  })

  test.each([
    ['a length', ['Content-Length: 12'], { body: { kind: 'sized', bytes: 12 } }],
    ['the same length twice', ['content-length: 12', 'content-length: 12'], { body: { kind: 'sized', bytes: 12 } }],
    ['chunks', ['Transfer-Encoding: Chunked'], { body: { kind: 'chunked' } }],
    ['a last request', ['connection: Close'], { keepsAlive: false }],
    ['a client that waits', ['expect: 100-continue'], { waitsForWord: true }],
    [
      'fields of the connection',
      ['connection: x-hop, keep-alive', 'X-Hop: 1'],
      { raw: [expect.anything(), 'x-hop, keep-alive'] },
    ],
  ])('tells of %s', (_what, fields, told) => {
    expect(head(...fields)).toMatchObject(told)
  })

  test.each([
    ['two lengths', 'content-length: 1', 'content-length: 2'],
    ['two lengths in a line', 'content-length: 1, 2'],
    ['a length that is none', 'content-length: +1'],
    ['a length beyond all measure', `content-length: ${'9'.repeat(16)}`],
    ['a length and chunks', 'content-length: 1', 'transfer-encoding: chunked'],
    ['an unknown coding', 'transfer-encoding: gzip, chunked'],
    ['chunks twice', 'transfer-encoding: chunked', 'transfer-encoding: chunked'],
    ['a name with a blank', 'content-length : 1'],
    ['a line that goes on in the next', 'a: b', ' c'],
    ['a line feed alone', 'a: b\nc: d'],
    ['a return alone', 'a: b\rc'],
    ['a zero byte', 'a: \0'],
    ['a line without a name', ': b'],
    ['a line without a colon', 'a'],
    ['more fields than anybody needs', ...Array.from({ length: 300 }, () => 'a: b')],
  ])('with %s is none', (_what, ...fields) => {
    expect(head(...fields)).toBeUndefined()
  })

  test.each(['POST /a HTTP/2.0', 'post /a HTTP/1.1', 'POST /a b HTTP/1.1', 'POST  /a HTTP/1.1', 'POST /a HTTP/1.1 '])(
    'does not begin with "%s"',
    (line) => {
      expect(parseHead(`${line}\r\n\r\n`)).toBeUndefined()
    },
  )

  test('of a version without chunks has none, and is the last one', () => {
    expect(parseHead('POST /a HTTP/1.0\r\n\r\n')).toMatchObject({ version: '1.0', keepsAlive: false })
    expect(parseHead('POST /a HTTP/1.0\r\ntransfer-encoding: chunked\r\n\r\n')).toBeUndefined()
  })
})

describe('the beginning of a request', () => {
  const readAll = (pieces: readonly Buffer[], maxBytes = 1_000): [Beginning, Buffer[]] | undefined => {
    const reader = new HeadReader(maxBytes, false)
    for (const [i, piece] of pieces.entries()) {
      const beginning = reader.take(piece)
      if (beginning) return [beginning, pieces.slice(i + 1)]
    }
    return undefined
  }

  test('is whole with its last byte, wherever it is cut, and what is behind it is kept', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), someCuts(), (behind, cuts) => {
        const [line, fields] = ['POST /a.B/C HTTP/1.1\r\n', 'host: a\r\nx: ÿ\r\n\r\n']
        const bytes = Buffer.concat([Buffer.from(line + fields, 'latin1'), behind])
        const [beginning, later] = readAll(cutInto(bytes, cuts)) ?? []
        expect(beginning).toMatchObject({ line, fields, isTooLarge: false })
        expect(Buffer.concat([beginning?.ahead ?? Buffer.alloc(0), ...(later ?? [])])).toEqual(Buffer.from(behind))
      }),
    )
  })

  test('is too large from its bound on, and not before', () => {
    const line = Buffer.from('POST /a HTTP/1.1\r\n')
    expect(readAll([line, Buffer.alloc(2_000, 'a')])).toBeUndefined()
    expect(readAll([line, Buffer.alloc(2_000, 'a'), Buffer.alloc(2_000, 'a')])).toMatchObject([
      { isTooLarge: true },
      [],
    ])
  })
})
