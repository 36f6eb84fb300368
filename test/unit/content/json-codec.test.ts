import { expect, test } from 'vitest'
import { parseDescriptors } from '../../support/parse-descriptors.js'
import { parseLong, stringifyLong } from '../../../src/shared/long-numbers.js'

const proto = `syntax = "proto3"; package t;
  import "google/protobuf/any.proto"; import "google/protobuf/duration.proto"; import "google/protobuf/empty.proto";
  import "google/protobuf/field_mask.proto"; import "google/protobuf/struct.proto";
  import "google/protobuf/timestamp.proto"; import "google/protobuf/wrappers.proto";
  enum Colour { RED = 0; GREEN = 7; }
  message Inner { string text = 1; }
  message All {
    int64 signed = 1; uint64 big = 2; int32 small = 3; double real = 4; float single = 5; bool yes = 6; bytes raw = 7;
    Colour colour = 8; Inner inner = 9; repeated Inner inners = 10; repeated Colour colours = 11;
    map<string, int64> sums = 12; map<int64, Inner> by_number = 13; map<bool, string> flags = 14;
    oneof choice { string left = 15; int32 right = 16; }
    optional int32 maybe = 17; string snake_name = 18; int32 odd = 19 [json_name = "strange"]; All again = 20;
    google.protobuf.Timestamp at = 30; google.protobuf.Duration took = 31; google.protobuf.FieldMask mask = 32;
    google.protobuf.Struct free = 33; google.protobuf.Value any_value = 34; google.protobuf.ListValue list = 35;
    google.protobuf.Any any = 36; google.protobuf.Int64Value wrapped = 37; google.protobuf.StringValue word = 38;
    google.protobuf.Empty nothing = 39; google.protobuf.DoubleValue wrapped_real = 40;
  }
  service S { rpc m(All) returns (All); rpc free(google.protobuf.Struct) returns (google.protobuf.Value); }`

const { methods } = parseDescriptors(new Map([['t.proto', proto]]))
const codec = methods.get('/t.S/m')?.request
const loose = methods.get('/t.S/free')
if (!codec || !loose) throw new Error('the proto file of this test is wrong')
/** As it is on the wire. */
const there = (json: unknown): unknown => JSON.parse(JSON.stringify(codec.toJson(codec.fromJson(json)))) as unknown

test('every kind of field comes back as protobuf writes it in JSON', () => {
  const json = {
    signed: '-9223372036854775808',
    big: '18446744073709551615',
    small: -5,
    real: 0.1,
    single: 0.1,
    yes: true,
    raw: '+/8=',
    colour: 'GREEN',
    inner: { text: 'ü🙂' },
    inners: [{ text: 'a' }, {}],
    colours: ['RED', 'GREEN'],
    sums: { a: '9007199254740993', __proto__x: '1' },
    by_number: { '-9223372036854775808': { text: 'low' }, 5: {} },
    flags: { true: 'y' },
    left: '',
    maybe: 0,
    snake_name: 'x',
    odd: 1,
    again: { small: 1 },
    at: '2026-11-29T01:02:03.004Z',
    took: '-1.500s',
    mask: 'a,bC.dE',
    free: { n: 1.5, s: 'x', l: [null, true, { deep: [] }] },
    any_value: null,
    list: [1, 'two'],
    any: { '@type': 'type.googleapis.com/t.Inner', text: 'inside' },
    wrapped: '12',
    word: '',
    nothing: {},
    wrapped_real: 'NaN',
  }
  expect(there(json)).toEqual(json)
})

test('names come in their order, whatever the order of the fields', () => {
  expect(Object.keys(there({ small: 1, yes: true, inner: {}, big: 1 }) as object)).toEqual([
    'big',
    'inner',
    'small',
    'yes',
  ])
})

test('what is not set, or set to what it is without, is left out', () => {
  expect(there({ small: 0, yes: false, raw: '', colour: 'RED', inners: [], sums: {}, signed: '0', real: 0 })).toEqual(
    {},
  )
})

test('names may be spelled as JSON spells them, and as the proto file says', () => {
  expect(there({ snakeName: 'x', strange: 2, byNumber: {} })).toEqual({ snake_name: 'x', odd: 2 })
})

test('what the proto files do not know is passed over', () => {
  expect(there({ unknown: { deep: [1] }, colour: 'BLUE', colours: ['GREEN', 'BLUE'], small: null })).toEqual({
    colours: ['GREEN'],
  })
})

test('whole numbers beyond 2^53 keep each digit', () => {
  const json = parseLong('{"signed": 9007199254740993, "sums": {"a": -9007199254740993}, "real": 12345678901234567890}')
  expect(there(json)).toEqual({
    signed: '9007199254740993',
    sums: { a: '-9007199254740993' },
    real: 12345678901234567000,
  })
  expect(stringifyLong(parseLong('{"a":[12345678901234567890,"12345678901234567890",1.5]}'))).toBe(
    '{"a":[12345678901234567890,"12345678901234567890",1.5]}',
  )
})

test('a message that is JSON itself takes any JSON', () => {
  const free = parseLong('{"a": 12345678901234567890, "b": [{"c": "d"}]}')
  expect(stringifyLong(loose.request.toJson(loose.request.fromJson(free)))).toBe(
    '{"a":12345678901234567000,"b":[{"c":"d"}]}',
  )
  for (const json of [null, 1, 'x', true, [], {}])
    expect(JSON.stringify(loose.response.toJson(loose.response.fromJson(json)))).toBe(JSON.stringify(json))
})

test.each([
  ['a list for a message', [], 'the JSON must be an object of All'],
  ['text for a number', { small: 'x' }, 'small must be a whole number of 32 bits'],
  ['a number for text', { inner: { text: 5 } }, 'inner.text must be text'],
  ['a long number for text', parseLong('{"snake_name": 12345678901234567890}'), 'snake_name must be text'],
  ['a number too large', { small: 2147483648 }, 'small must be a whole number of 32 bits'],
  ['bytes that are none', { raw: '*' }, 'raw must be bytes in base64'],
  ['one field in two spellings', { snake_name: 'a', snakeName: 'b' }, 'snakeName must be absent where snake_name'],
  ['two of a choice', { left: 'a', right: 1 }, 'right must be absent where left is set'],
  ['no list', { inners: {} }, 'inners must be a list'],
  ['a time that is none', { at: 'yesterday' }, 'at must be a time such as'],
  ['a duration that is none', { took: '5' }, 'took must be a duration such as'],
  ['a message of no known type', { any: { '@type': 'x/no.Such' } }, 'no such'],
])('refuses %s', (_what, json, text) => {
  expect(() => codec.fromJson(json)).toThrow(text)
})

test('a message that nests deeper than decoders read is refused', () => {
  let json: unknown = {}
  for (let i = 0; i < 200; i++) json = { again: json }
  expect(() => codec.fromJson(json)).toThrow('nested less deep')
  let free: unknown = []
  for (let i = 0; i < 200; i++) free = [free]
  expect(() => codec.fromJson({ any_value: free })).toThrow('nested less deep')
})
