import { expect, test } from 'vitest'
import { parseDescriptors } from '../../../src/content/index.js'

const proto = `syntax = "proto3";
  enum Colour { RED = 0; GREEN = 7; }
  message Inner { string text = 1; }
  message Everything {
    int64 signed = 1; uint64 unsigned_one = 2; fixed64 fixed_one = 3; int32 small = 4; uint32 positive = 5;
    double real = 6; bool yes = 7; bytes raw = 8; Colour colour = 9; Inner inner = 10;
    repeated Inner inners = 11; repeated int32 numbers = 12; map<string, int64> sums = 13; map<int32, Inner> named = 14;
    oneof choice { string left = 15; int32 right = 16; }
    string text = 17; map<string, Colour> colours = 18;
  }
  service S { rpc m(Everything) returns (Everything); }`

const method = parseDescriptors(new Map([['a.proto', proto]])).methods.get('/S/m')
if (!method) throw new Error('the proto file of this test is wrong')
const encode = (json: unknown): Buffer => method.encodeRequest(json)
const decode = (bytes: Uint8Array): Record<string, unknown> => method.decodeResponse(bytes) as Record<string, unknown>

test('a message of all kinds of fields comes back as it was', () => {
  const message = {
    signed: '-9223372036854775808',
    unsigned_one: '18446744073709551615',
    fixed_one: '9007199254740993',
    small: -2147483648,
    positive: 4294967295,
    real: 0.1,
    yes: true,
    raw: 'AP/+',
    colour: 'GREEN',
    inner: { text: 'ünïcode 🙂' },
    inners: [{ text: 'a' }, { text: '' }],
    numbers: [1, -1, 0],
    sums: { a: '9007199254740993' },
    named: { 5: { text: 'five' } },
    left: '',
    choice: 'left',
    text: 'x',
    colours: { a: 'GREEN', b: 'RED' },
  }
  const { choice: _shown, ...sent } = message
  expect(decode(encode(sent))).toEqual(message)
})

test('absent fields are shown by their defaults', () => {
  expect(decode(Buffer.alloc(0))).toMatchObject({
    signed: '0',
    small: 0,
    raw: '',
    colour: 'RED',
    inner: null,
    sums: {},
  })
})

test('fields may be spelt in camel case, integers as text, enums as numbers, and null is absent', () => {
  const json = { unsignedOne: '5', small: '-3', colour: 7, inner: null, real: 'NaN', positive: 1 }
  expect(decode(encode(json))).toMatchObject({
    unsigned_one: '5',
    small: -3,
    colour: 'GREEN',
    inner: null,
    real: NaN,
    positive: 1,
  })
})

test.each(['+/8=', '+/8', '-_8', '-_8='])('bytes may be spelt %s', (raw) => {
  expect(decode(encode({ raw }))).toMatchObject({ raw: '+/8=' })
})

test.each([
  ['an unknown field', { txt: 'x' }, 'txt is no field of Everything'],
  ['an unknown field within', { inner: { txt: 'x' } }, 'inner.txt is no field of Inner'],
  ['an unknown field in a list', { inners: [{}, { txt: 'x' }] }, 'inners[1].txt is no field of Inner'],
  ['a field of every object', { constructor: 1 }, 'constructor is no field of Everything'],
  ['text for a message', { inner: 'x' }, 'inner. has to be an object of Inner'],
  ['one thing for a list', { numbers: 1 }, 'numbers has to be a list'],
  ['too large for 32 bits', { small: 2147483648 }, 'small has to be a whole number of 32 bits'],
  ['too small for 32 bits', { small: -2147483649 }, 'small has to be a whole number of 32 bits'],
  ['less than nothing', { positive: -1 }, 'positive has to be a whole number of 32 bits'],
  ['too large for 64 bits', { signed: '9223372036854775808' }, 'signed has to be a whole number of 64 bits'],
  ['a number that is not exact', { signed: 9007199254740993 }, 'as text beyond 2^53'],
  ['a fraction', { small: 1.5 }, 'small has to be a whole number of 32 bits'],
  ['hexadecimal', { signed: '0x10' }, 'signed has to be a whole number of 64 bits'],
  ['a word for a number', { real: 'many' }, 'real has to be a number'],
  ['a number for text', { text: 5 }, 'text'],
  ['a word for yes or no', { yes: 'yes' }, 'yes'],
  ['an unknown value', { colour: 'BLUE' }, 'colour has to be one of Colour: RED, GREEN'],
  ['a value of every object', { colour: 'toString' }, 'colour has to be one of Colour: RED, GREEN'],
  ['both of a choice', { left: 'x', right: 1 }, 'choice'],
  ['what is not base64', { raw: '***' }, 'raw has to be bytes in base64'],
  ['base64 that is cut off', { raw: 'AAAAA' }, 'raw has to be bytes in base64'],
  ['a number for bytes', { raw: 5 }, 'raw has to be bytes in base64'],
  ['a list for a map', { sums: [1] }, 'sums has to be an object'],
  ['text for a map', { sums: 'abc' }, 'sums has to be an object'],
  ['a key that is no number', { named: { five: {} } }, 'named'],
  ['a list for the whole', [], 'the request has to be an object of Everything'],
  ['nothing for the whole', null, 'the request has to be an object of Everything'],
])('%s is refused', (_what, json, message) => {
  expect(() => encode(json)).toThrow(message)
})

test.each([
  ['cut off', '0a05'],
  ['of other types', '08'],
  ['with an endless number', 'ff'.repeat(20)],
])('an answer %s is refused', (_what, hex) => {
  expect(() => decode(Buffer.from(hex, 'hex'))).toThrow('the answer is no Everything')
})
