import { expect, test } from 'vitest'
import { parseDescriptors } from '../../support/parse-descriptors.js'

const proto = `syntax = "proto3";
  enum Colour { RED = 0; GREEN = 7; }
  message Inner { string text = 1; }
  message Everything {
    int64 signed = 1; uint64 unsigned_one = 2; fixed64 fixed_one = 3; int32 small = 4; uint32 positive = 5;
    double real = 6; bool yes = 7; bytes raw = 8; Colour colour = 9; Inner inner = 10;
    repeated Inner inners = 11; repeated int32 numbers = 12; map<string, int64> sums = 13; map<int32, Inner> named = 14;
    oneof choice { string left = 15; int32 right = 16; }
    string text = 17; map<string, Colour> colours = 18;
    float single = 19; map<bool, string> flags = 20; map<uint64, string> counts = 21; map<string, string> words = 22;
    Everything again = 23; int32 odd_name = 24 [json_name = "strange"]; string __proto__ = 25; repeated string texts = 26;
  }
  service S { rpc m(Everything) returns (Everything); }`

const method = parseDescriptors(new Map([['a.proto', proto]])).methods.get('/S/m')
if (!method) throw new Error('the proto file of this test is wrong')
const encode = (json: unknown): Buffer => method.encodeRequest(json)
const decode = (bytes: Uint8Array): Record<string, unknown> => method.decodeResponse(bytes) as Record<string, unknown>

function nested(depth: number): unknown {
  let json: unknown = {}
  for (let i = 0; i < depth; i++) json = { again: json }
  return json
}

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
  expect(decode(encode(sent))).toMatchObject(message)
})

test('numbers at the edge of their types, and keys of maps, come back as they were', () => {
  const message = {
    single: 3.4028234663852886e38,
    real: 5e-324,
    named: { '-2147483648': { text: 'low' }, 2147483647: { text: 'high' } },
    counts: { '18446744073709551615': 'most', 0: 'none' },
    flags: { false: 'no', true: 'yes' },
    words: JSON.parse('{"__proto__": "a", "constructor": "b"}') as unknown,
  }
  expect(decode(encode(message))).toMatchObject(message)
  expect(decode(encode({ single: 'Infinity', real: '-Infinity' }))).toMatchObject({ single: Infinity, real: -Infinity })
  expect(decode(encode({ single: '0e5', real: -0 }))).toMatchObject({ single: 0, real: -0 })
})

test('a name that the proto file gives to JSON is taken beside its own', () => {
  expect(decode(encode({ strange: 1 }))).toMatchObject({ odd_name: 1 })
  expect(decode(encode({ odd_name: 1 }))).toMatchObject({ odd_name: 1 })
  expect(() => encode({ oddName: 1 })).toThrow('oddName is not a field')
})

test('what a file of the older syntax requires must be there', () => {
  const older = `syntax = "proto2"; message A { required int32 number = 1; optional A inner = 2; }
    service S { rpc m(A) returns (A); }`
  const strict = parseDescriptors(new Map([['a.proto', older]])).methods.get('/S/m')
  expect(() => strict?.encodeRequest({ number: 1, inner: {} })).toThrow('inner.number is required')
  expect(strict?.encodeRequest({ number: 0 })).toEqual(Buffer.from([8, 0]))
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
  ['an unknown field', { txt: 'x' }, 'txt is not a field of Everything'],
  ['an unknown field within', { inner: { txt: 'x' } }, 'inner.txt is not a field of Inner'],
  ['an unknown field in a list', { inners: [{}, { txt: 'x' }] }, 'inners[1].txt is not a field of Inner'],
  ['a field of every object', { constructor: 1 }, 'constructor is not a field of Everything'],
  ['text for a message', { inner: 'x' }, 'inner must be an object of Inner'],
  ['one thing for a list', { numbers: 1 }, 'numbers must be a list'],
  ['too large for 32 bits', { small: 2147483648 }, 'small must be a whole number of 32 bits'],
  ['too small for 32 bits', { small: -2147483649 }, 'small must be a whole number of 32 bits'],
  ['less than nothing', { positive: -1 }, 'positive must be a whole number of 32 bits'],
  ['too large for 64 bits', { signed: '9223372036854775808' }, 'signed must be a whole number of 64 bits'],
  ['a number that is not exact', { signed: 9007199254740993 }, 'as text beyond 2^53'],
  ['a fraction', { small: 1.5 }, 'small must be a whole number of 32 bits'],
  ['hexadecimal', { signed: '0x10' }, 'signed must be a whole number of 64 bits'],
  ['a word for a number', { real: 'many' }, 'real must be a number'],
  ['a number for text', { text: 5 }, 'text'],
  ['a word for yes or no', { yes: 'yes' }, 'yes'],
  ['an unknown value', { colour: 'BLUE' }, 'colour must be one of Colour: RED, GREEN'],
  ['a value of every object', { colour: 'toString' }, 'colour must be one of Colour: RED, GREEN'],
  ['both of a choice', { left: 'x', right: 1 }, 'choice'],
  ['what is not base64', { raw: '***' }, 'raw must be bytes in base64'],
  ['base64 that is cut off', { raw: 'AAAAA' }, 'raw must be bytes in base64'],
  ['a number for bytes', { raw: 5 }, 'raw must be bytes in base64'],
  ['a list for a map', { sums: [1] }, 'sums must be an object'],
  ['text for a map', { sums: 'abc' }, 'sums must be an object'],
  ['a key that is no number', { named: { five: {} } }, 'named'],
  ['a field in both spellings', { unsigned_one: 1, unsignedOne: 1 }, 'unsignedOne is the same field as unsigned_one'],
  [
    'a field in both spellings, one of them null',
    { inner: {}, again: { odd_name: null, strange: 1 } },
    'again.strange',
  ],
  [
    'both of a choice within',
    { again: { left: 'x', right: 1 } },
    'again.right is set beside left, and choice takes one',
  ],
  [
    'a name that JavaScript keeps to itself',
    JSON.parse('{"__proto__": "x"}'),
    '__proto__ is not a field of Everything',
  ],
  ['a key beyond 32 bits', { named: { 99999999999: {} } }, 'named.99999999999 must be a whole number of 32 bits'],
  ['a key with a fraction', { named: { '1.5': {} } }, 'named.1.5 must be a whole number of 32 bits'],
  ['a second spelling of a key', { named: { '01': {}, 1: {} } }, 'named.01 must be a whole number'],
  ['a key of minus nothing', { named: { '-0': {} } }, 'named.-0 must be a whole number'],
  ['a key beyond 64 bits', { counts: { '18446744073709551616': '' } }, 'counts.18446744073709551616 must be'],
  ['a key below nothing', { counts: { '-1': '' } }, 'counts.-1 must be a whole number of 64 bits'],
  ['a number for a key of yes or no', { flags: { 1: '' } }, 'flags.1 must be true or false'],
  ['half a character', { text: 'a\ud800' }, 'text must be text without halves of surrogate pairs'],
  ['half a character in a list', { texts: ['', '\udc00'] }, 'texts[1] must be text without halves'],
  ['half a character in a key', { words: { '\ud800': 'x' } }, 'words.\ud800 must be text without halves'],
  ['half a character in a value', { words: { a: '\ud800' } }, 'words.a must be text without halves'],
  ['too large for a float', { single: 3.5e38 }, 'single must be a number that a float holds'],
  ['too large for a double', { real: Infinity }, 'real must be a number that a double holds'],
  ['too large for a double, as text', { real: '1e400' }, 'real must be a number that a double holds'],
  ['too small for a float', { single: 1e-50 }, 'single must be a number that a float can tell from 0'],
  ['too small for a double', { real: '1e-400' }, 'real must be a number that a double can tell from 0'],
  ['hexadecimal for a fraction', { real: '0x10' }, 'real must be a number'],
  ['blanks for a number', { real: ' 5' }, 'real must be a number'],
  ['an enum beyond 32 bits', { colour: 4294967297 }, 'colour must be one of Colour'],
  ['a number for yes or no', { again: { yes: 1 } }, 'again.yes must be true or false'],
  ['nothing in a list', { numbers: [1, null] }, 'numbers[1] must be a whole number of 32 bits'],
  ['nothing in a map', { words: { a: null } }, 'words.a must be text'],
  ['a number for text within', { inners: [{ text: 5 }] }, 'inners[0].text must be text'],
  ['what no decoder follows', nested(101), 'the request is nested deeper than 100'],
  ['a depth that no stack holds', nested(100_000), 'the request is nested deeper than 100'],
  ['a list for the whole', [], 'the request must be an object of Everything'],
  ['nothing for the whole', null, 'the request must be an object of Everything'],
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
