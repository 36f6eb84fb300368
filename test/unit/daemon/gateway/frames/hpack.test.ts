import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CompressionFault, HpackDecoder, HpackEncoder } from '../../../../../src/daemon/gateway/frames/hpack/index.js'

const decoder = (maxTableBytes = 4096, maxListBytes = 65_536): HpackDecoder =>
  new HpackDecoder({ maxTableBytes, maxListBytes })
const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex')

describe('the examples of RFC 7541', () => {
  test('C.4: requests in Huffman code, one after the other', () => {
    const reader = decoder()
    const common = [':method', 'GET', ':scheme', 'http', ':path', '/', ':authority', 'www.example.com']
    expect(reader.decode(bytes('8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff'))).toEqual(common)
    expect(reader.decode(bytes('8286 84be 5886 a8eb 1064 9cbf'))).toEqual([...common, 'cache-control', 'no-cache'])
    expect(reader.decode(bytes('8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf'))).toEqual(
      [':method', 'GET', ':scheme', 'https', ':path', '/index.html', ':authority', 'www.example.com'].concat([
        'custom-key',
        'custom-value',
      ]),
    )
  })

  test('C.6: answers with a table so small that fields are pushed out', () => {
    const reader = decoder(256)
    const first = [
      ['cache-control', 'private'],
      ['date', 'Mon, 21 Oct 2013 20:13:21 GMT'],
      ['location', 'https://www.example.com'],
    ].flat()
    expect(
      reader.decode(
        bytes(
          '4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e 919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3',
        ),
      ),
    ).toEqual([':status', '302', ...first])
    expect(reader.decode(bytes('4883 640e ffc1 c0bf'))).toEqual([':status', '307', ...first])
    expect(
      reader.decode(
        bytes(
          '88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab 77ad 94e7 821d d7f2 e6c7 b335 dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0 03ed 4ee5 b106 3d50 07',
        ),
      ),
    ).toEqual(
      [
        [':status', '200'],
        ['cache-control', 'private'],
        ['date', 'Mon, 21 Oct 2013 20:13:22 GMT'],
        ['location', 'https://www.example.com'],
        ['content-encoding', 'gzip'],
        ['set-cookie', 'foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1'],
      ].flat(),
    )
  })
})

test.each([
  ['the number of no field', '80'],
  ['a number behind the last field', 'be'],
  ['a text that goes on behind its block', '0085 6161'],
  ['a block that ends within a number', 'ff'],
  ['a number of more than 28 bits', 'ff80 8080 8080 01'],
  ['a table larger than allowed', '3fe2 1f'],
  ['a change of the table behind a field', '8220'],
  ['padding of more than 7 bits', '0082 1fff 0161'],
  ['padding of zeros', '0081 1800'],
  ['the mark of an end', '0084 ffff ffff 0161'],
])('refuses %s', (_what, hex) => {
  expect(() => decoder().decode(bytes(hex))).toThrow(CompressionFault)
})

test('a list above the limit is left out, and the next block is read with the same tables', () => {
  const reader = decoder(4096, 100)
  const bomb = Buffer.concat([bytes('4001 6146'), Buffer.alloc(70, 'x'), Buffer.alloc(5_000, 0xbe)])
  expect(reader.decode(bomb)).toBeUndefined()
  expect(decoder(4096, 1_000).decode(bytes('4001 6101 62 be'))).toEqual(['a', 'b', 'a', 'b'])
  expect(reader.decode(bytes('82'))).toEqual([':method', 'GET'])
})

test('a block that comes again is the same list, as long as its numbers mean the same', () => {
  const reader = decoder()
  const [path, field] = [bytes('82 0401 61'), bytes('be')]
  const first = reader.decode(path)
  expect([first, reader.isKnown]).toEqual([[':method', 'GET', ':path', 'a'], true])
  expect(reader.decode(Buffer.concat([Buffer.alloc(3), path]), 3)).toBe(first)
  reader.decode(bytes('4001 6101 62'))
  expect([reader.isKnown, reader.decode(field)]).toEqual([false, ['a', 'b']])
  reader.decode(bytes('4001 6101 63'))
  expect(reader.decode(field)).toEqual(['a', 'c'])
})

test('what is large is read anew each time', () => {
  const reader = decoder()
  const large = Buffer.concat([bytes('0401 61').subarray(0, 1), bytes('7fd2 01'), Buffer.alloc(337, 'x')])
  expect(reader.decode(large)).not.toBe(reader.decode(large))
  expect(reader.isKnown).toBe(false)
})

test('a list that is written again makes the same bytes, and others once the table has changed', () => {
  const writer = new HpackEncoder((field) => field === 'te')
  const list = ['te', 'trailers', ':path', '/a']
  const [first, ...again] = [1, 2, 3, 4].map(() => Buffer.from(writer.encode(list)).toString('hex'))
  expect(first).not.toBe(again[0])
  expect(again).toEqual([again[0], again[0], again[0]])
  writer.allow(0)
  const resized = Buffer.from(writer.encode(list)).toString('hex')
  expect(decoder().decode(Buffer.from(resized, 'hex'))).toEqual(list)
  expect(writer.encode(list).toString('hex')).toBe(resized.slice(2))
})

const name = fc.constantFrom(':path', 'content-type', 'te', 'x-a', 'x-b', 'grpc-status', 'user-agent')
const value = fc.oneof(
  fc.constantFrom('', 'trailers', '0', 'application/grpc'),
  fc.string({ unit: fc.integer({ min: 32, max: 255 }).map((code) => String.fromCharCode(code)), maxLength: 300 }),
)
const block = fc.array(fc.tuple(name, value), { maxLength: 12 }).map((fields) => fields.flat())
/** Some of them come again as the same object. */
const pool = fc.array(block, { minLength: 1, maxLength: 6 })
const step = fc.record({
  fields: fc.oneof(block, fc.nat({ max: 5 })),
  allow: fc.option(fc.integer({ min: 0, max: 8192 }), { nil: undefined }),
})

test('what one side writes the other reads, whatever comes again and however the table changes', () => {
  fc.assert(
    fc.property(pool, fc.array(step, { maxLength: 40 }), (lists, steps) => {
      const reader = new HpackDecoder({ maxTableBytes: 8192, maxListBytes: 1e6 })
      const writer = new HpackEncoder((field) => field !== 'x-b')
      for (const { fields: chosen, allow } of steps) {
        const fields = typeof chosen === 'number' ? (lists[chosen % lists.length] as string[]) : chosen
        if (allow !== undefined) writer.allow(allow)
        expect(reader.decode(writer.encode(fields))).toEqual(fields)
      }
    }),
    { numRuns: 300 },
  )
})

test('any bytes are read or refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (random) => {
      try {
        decoder().decode(Buffer.from(random))
      } catch (fault) {
        expect(fault).toBeInstanceOf(CompressionFault)
      }
    }),
    { numRuns: 3_000 },
  )
})
