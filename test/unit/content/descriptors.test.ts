import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseDescriptors } from '../../support/parse-descriptors.js'
import { packageRoot } from '../../../src/shared/package.js'

const parse = (files: Record<string, string>) => parseDescriptors(new Map(Object.entries(files)))
const service = (imports = ''): string => `
  syntax = "proto3";
  package made.up;
  ${imports}
  message Note { string text = 1; }
  service Notes { rpc one(Note) returns (Note); }`

test('the four kinds of methods are told apart', () => {
  const { methods } = parse({
    'a.proto': `syntax = "proto3"; package p.q; message M {}
      service S {
        rpc unary(M) returns (M);
        rpc collect(stream M) returns (M);
        rpc count(M) returns (stream M);
        rpc chat(stream M) returns (stream M);
      }`,
  })
  const kinds = [...methods.values()].map((method) => [method.path, method.requestStream, method.responseStream])
  expect(kinds).toEqual([
    ['/p.q.S/unary', false, false],
    ['/p.q.S/collect', true, false],
    ['/p.q.S/count', false, true],
    ['/p.q.S/chat', true, true],
  ])
})

test('a file without a package has methods without one', () => {
  expect([
    ...parse({ 'a.proto': 'syntax="proto3"; message M {} service S { rpc m(M) returns (M); }' }).methods.keys(),
  ]).toEqual(['/S/m'])
})

test.each([
  ['by its name in the archive', { 'x/a.proto': service('import "y/b.proto";'), 'y/b.proto': 'syntax="proto3";' }],
  ['from its own folder', { 'x/a.proto': service('import "b.proto";'), 'x/b.proto': 'syntax="proto3";' }],
  [
    'below a folder around everything',
    { 'all/x/a.proto': service('import "x/b.proto";'), 'all/x/b.proto': 'syntax="proto3";' },
  ],
  ['weakly', { 'a.proto': service('import weak "b.proto";'), 'b.proto': 'syntax="proto3";' }],
  [
    'by two ways',
    {
      'a.proto': service('import "b.proto"; import "c.proto";'),
      'b.proto': 'syntax="proto3"; import "c.proto";',
      'c.proto': 'syntax="proto3";',
    },
  ],
])('a file imports another %s', (_what, files) => {
  expect([...parse(files).methods.keys()]).toEqual(['/made.up.Notes/one'])
})

const LEARNER = `syntax = "proto3"; package learn; import "training.proto";
  message Sound { training.ModelID model_id = 1; bytes data = 2; training.Status status = 3; training.ModelID other = 4; }
  service Ear {
    rpc stt(Sound) returns (Sound) {
      option (training.default_model_id) = "first";
      option (.training.dataset_max_size_mb) = 25;
      option idempotency_level = IDEMPOTENT;
    }
    rpc mute(training.ModelID) returns (Sound);
  }`

describe('a service that trains models', () => {
  test('need not ship training.proto, and its methods say what they take and in options what may be trained', () => {
    const { methods, faults } = parse({ 'a.proto': LEARNER })
    expect(faults).toEqual([])
    expect([...methods.keys()]).toEqual(['/learn.Ear/stt', '/learn.Ear/mute'])
    expect(methods.get('/learn.Ear/stt')).toMatchObject({
      requestFields: ['training.ModelID', 'training.Status'],
      options: { '(training.default_model_id)': 'first', '(training.dataset_max_size_mb)': 25 },
    })
    expect(methods.get('/learn.Ear/stt')?.options).not.toHaveProperty('idempotency_level')
    expect(methods.get('/learn.Ear/mute')).toMatchObject({ requestFields: [], options: {} })
    const answer = methods.get('/learn.Ear/stt')?.decodeResponse(Buffer.from([10, 3, 10, 1, 109]))
    expect(answer).toMatchObject({ model_id: { model_id: 'm' } })
  })

  test('may ship one of its own, and what the daemon alone asks is not among its methods', () => {
    const own = 'syntax = "proto3"; package training; message ModelID { string model_id = 1; } enum Status { NEW = 0; }'
    const model = 'service Model { rpc train_model(ModelID) returns (ModelID); }'
    const { methods } = parse({ 'all/a.proto': LEARNER, 'all/training.proto': `${own} ${model}` })
    expect([...methods.keys()]).toEqual(['/learn.Ear/stt', '/learn.Ear/mute'])
  })
})

const OWN = ['any', 'api', 'descriptor', 'duration', 'empty', 'field_mask', 'source_context', 'struct', 'timestamp']
const SHIPPED = readFileSync(join(packageRoot, 'proto/google/descriptors.json'), 'utf8')
const GOOGLE = [
  ...[...OWN, 'type', 'wrappers'].map((name) => `google/protobuf/${name}.proto`),
  ...Object.keys(JSON.parse(SHIPPED) as object),
]

test.each(GOOGLE)('%s need not be in the archive', (name) => {
  const { methods, faults } = parse({ 'a.proto': service(`import "${name}";`) })
  expect([[...methods.keys()], faults]).toEqual([['/made.up.Notes/one'], []])
})

test('all that Google has published can be imported together, in any order', () => {
  const all = GOOGLE.map((name) => `import "${name}";`)
  const { methods, faults } = parse({
    'a.proto': service(all.join('')),
    'b.proto': service(all.toReversed().join('')).replace('made.up', 'b'),
  })
  expect([[...methods.keys()], faults]).toEqual([['/made.up.Notes/one', '/b.Notes/one'], []])
})

test('types of Google are those that Google means', () => {
  const { methods } = parse({
    'a.proto': `syntax = "proto3"; import "google/type/money.proto"; import "google/rpc/status.proto";
      import "google/api/annotations.proto";
      service S { rpc m(google.type.Money) returns (google.rpc.Status) { option (google.api.http) = { get: "/v1/m" }; } }`,
  })
  const money = { currency_code: 'EUR', units: '5', nanos: 1 }
  expect(methods.get('/S/m')?.encodeRequest(money)).toEqual(Buffer.from('0a0345555210051801', 'hex'))
  expect(methods.get('/S/m')?.decodeResponse(Buffer.from('080512026e6f', 'hex'))).toMatchObject({
    code: 5,
    message: 'no',
  })
})

test('what the archive ships of Google counts for what Google’s own files import, too', () => {
  const { methods, faults } = parse({
    'a.proto':
      'syntax="proto3"; import "google/api/annotations.proto"; message M {} service S { rpc m(M) returns (M); }',
    'deps/google/api/http.proto': 'syntax="proto3"; package google.api; message HttpRule { int32 more = 1; }',
  })
  expect([[...methods.keys()], faults]).toEqual([['/S/m'], []])
})

test('options of methods, as for dynamic prices, are extensions that resolve', () => {
  const { methods } = parse({
    'pricing.proto': `syntax = "proto3"; package pricing; import "google/protobuf/descriptor.proto";
      message EstimatePrice { string estimatePriceMethod = 1; }
      extend google.protobuf.MethodOptions { EstimatePrice my_method_option = 9999127; }`,
    'a.proto': `syntax = "proto3"; package p; import "pricing.proto"; message M {}
      service S { rpc m(M) returns (M) { option (pricing.my_method_option).estimatePriceMethod = "/p.S/estimate"; } }`,
  })
  expect([...methods.keys()]).toEqual(['/p.S/m'])
})

test('what the archive ships of google counts before what is built in', () => {
  const { methods } = parse({
    'a.proto': `syntax="proto3"; import "google/protobuf/empty.proto"; service S { rpc m(google.protobuf.Empty) returns (google.protobuf.Empty); }`,
    'google/protobuf/empty.proto': 'syntax="proto3"; package google.protobuf; message Empty { int32 more = 1; }',
  })
  expect(methods.get('/S/m')?.encodeRequest({ more: 1 })).toEqual(Buffer.from('0801', 'hex'))
})

test.each([
  ['itself', { 'a.proto': 'import "a.proto";' }, 'a.proto → a.proto'],
  ['each other', { 'a.proto': 'import "b.proto";', 'b.proto': 'import "a.proto";' }, 'a.proto → b.proto → a.proto'],
  [
    'each other further on',
    { 'a.proto': 'import "b.proto";', 'b.proto': 'import "c.proto";', 'c.proto': 'import "b.proto";' },
    'b.proto → c.proto → b.proto',
  ],
])('files that import %s are refused with the circle', (_what, files, circle) => {
  expect(() => parse(files)).toThrow(`files import each other in a circle: ${circle}`)
})

test.each([
  ['a very long chain of imports', chainOf(3_000)],
  ['messages within messages', { 'a.proto': `syntax="proto3"; ${'message A { '.repeat(50_000)}${'}'.repeat(50_000)}` }],
  ['a package of many parts', { 'a.proto': `syntax="proto3"; package ${'a.'.repeat(50_000)}a; message M {}` }],
  ['a type with many parts', { 'a.proto': `syntax="proto3"; message M { ${'a.'.repeat(50_000)}A a = 1; }` }],
  ['an open comment', { 'a.proto': `/*${'*'.repeat(1_000_000)}` }],
  ['many open quotes', { 'a.proto': `option a = ${'"\\"'.repeat(200_000)}` }],
  ['what is no text', { 'a.proto': Buffer.alloc(1_000_000, 0xff).toString() }],
])('%s ends in time, compiled or refused', { timeout: 5_000 }, (_what, files) => {
  try {
    parse(files)
  } catch (fault) {
    expect(fault).toMatchObject({ kind: 'invalid-config' })
  }
})

test('files that import each other in a chain count as far as they are within bounds', () => {
  expect(parse({ ...chainOf(99), 'a.proto': service('import "0.proto";') }).faults).toEqual([])
  const { methods, faults } = parse({ ...chainOf(101), 'a.proto': service() })
  expect([...methods.keys()]).toEqual(['/made.up.Notes/one'])
  expect(faults[0]).toBe('100.proto is imported through more than 100 files')
  expect(faults).toHaveLength(101)
})

function chainOf(length: number): Record<string, string> {
  const files = Array.from({ length }, (_none, i) => [`${i}.proto`, `syntax="proto3"; import "${i + 1}.proto";`])
  return Object.fromEntries([...files, [`${length}.proto`, 'syntax="proto3";']]) as Record<string, string>
}

test('types of another file are used', () => {
  const { methods } = parse({
    'a.proto':
      'syntax="proto3"; import "b.proto"; import "google/protobuf/timestamp.proto"; service S { rpc m(b.N) returns (google.protobuf.Timestamp); }',
    'b.proto': 'syntax="proto3"; package b; message N { int32 n = 1; }',
  })
  const method = methods.get('/S/m')
  expect(method?.encodeRequest({ n: 150 })).toEqual(Buffer.from('089601', 'hex'))
  expect(method?.decodeResponse(Buffer.from('0801', 'hex'))).toEqual({ seconds: '1', nanos: 0 })
})

test.each([
  [
    'an import that is missing',
    { 'a.proto': service('import "gone.proto";') },
    'a.proto imports gone.proto, which is not in the archive',
  ],
  ['a fault of syntax', { 'a.proto': 'syntax = "proto3";\nmessage {' }, "a.proto: illegal type name '{' (line 2)"],
  [
    'a type that is missing',
    { 'a.proto': 'syntax="proto3";\n\nservice S { rpc m(Gone) returns (Gone); }' },
    'a.proto: no such type: Gone (line 3)',
  ],
  [
    'a field number twice',
    { 'a.proto': 'syntax="proto3";\nmessage M { int32 a = 1; int32 b = 1; }' },
    'a.proto: duplicate id 1 in Type M (line 2)',
  ],
])('%s is told with its file and line', (_what, files, message) => {
  expect(() => parse(files)).toThrow(`the proto files of the service cannot be compiled: ${message}`)
})

describe('a file that cannot be used costs only what imports it', () => {
  test.each([
    ['does not parse', 'syntax = "proto3";\nmessage {', /^bad\.proto: illegal .*line 2\)$/],
    [
      'is beyond the bounds',
      `syntax = "proto3"; message ${'M'.repeat(300)} {}`,
      /^bad\.proto: one word is longer .*line 1/,
    ],
    [
      'imports what is not there',
      'import "gone.proto";',
      /^bad\.proto imports gone\.proto, which is not in the archive$/,
    ],
    ['imports itself', 'import "bad.proto";', /^files import each other in a circle: bad\.proto → bad\.proto$/],
    [
      'uses a type that is missing',
      'syntax = "proto3"; message M {\n Gone g = 1; }',
      /^bad\.proto: no such Type or Enum 'Gone' in .*line 2\)$/,
    ],
    [
      'extends what is missing',
      'extend Gone { optional int32 x = 5; }',
      /^bad\.proto: there is no message 'Gone' to extend/,
    ],
    [
      'declares what another file has',
      'package made.up;\nmessage Note {}',
      /^bad\.proto: 'Note' is declared in ok\.proto too/,
    ],
  ])('one that %s', (_what, bad, fault) => {
    const { methods, faults } = parse({
      'ok.proto': service(),
      'bad.proto': bad,
      'more.proto': 'syntax = "proto3"; import "bad.proto"; message X {} service More { rpc m(X) returns (X); }',
      'other.proto': 'syntax = "proto3"; package o; message X {} service Other { rpc m(X) returns (X); }',
    })
    expect([...methods.keys()]).toEqual(['/made.up.Notes/one', '/o.Other/m'])
    expect(faults).toEqual([
      expect.stringMatching(fault),
      expect.stringMatching(/^more\.proto (imports|needs) bad\.proto, which cannot be used$/),
    ])
    expect(methods.get('/made.up.Notes/one')?.encodeRequest({ text: 'a' })).toEqual(Buffer.from('0a0161', 'hex'))
  })

  test('one that uses its types without importing it goes with it', () => {
    const { methods, faults } = parse({
      'ok.proto': service(),
      'bad.proto': 'syntax = "proto3"; package bad; message M {} message N { Gone g = 1; }',
      'user.proto': 'syntax = "proto3"; service User { rpc m(bad.M) returns (bad.M); }',
    })
    expect([...methods.keys()]).toEqual(['/made.up.Notes/one'])
    expect(faults[1]).toBe('user.proto needs bad.proto, which cannot be used')
  })
})

test('a type is the one of the innermost scope that has it, as for protoc', () => {
  const { methods } = parse({
    'a.proto': `syntax = "proto3"; package p.q;
      message T { int32 outer = 1; }
      message M { message T { int32 inner = 1; } T t = 1; q.T o = 2; .p.q.M.T a = 3; r.T far = 4; }
      service S { rpc m(M) returns (T); }`,
    'r.proto': 'syntax = "proto3"; package p.r; message T { int32 far = 1; }',
  })
  const method = methods.get('/p.q.S/m')
  const request = { t: { inner: 1 }, o: { outer: 1 }, a: { inner: 1 }, far: { far: 1 } }
  expect(method?.encodeRequest(request)).toEqual(Buffer.from('0a020801120208011a02080122020801', 'hex'))
  expect(method?.decodeResponse(Buffer.from('0801', 'hex'))).toEqual({ outer: 1 })
})

test('what proto files say of encoding counts: presence, packing, defaults, groups, maps, extensions', () => {
  const { methods } = parse({
    'two.proto': `syntax = "proto2"; package two; enum E { A = 0; B = 5; }
      message M {
        optional int32 n = 1 [default = 7]; repeated int32 plain = 2; repeated int32 packed = 3 [packed = true];
        optional group G = 4 { optional E e = 1 [default = B]; } map<string, E> map = 5; extensions 10 to 20;
      }
      extend M { optional int32 more = 10; }
      service S { rpc m(M) returns (M); }`,
    'three.proto': `syntax = "proto3"; package three;
      message M { repeated int32 list = 1; optional int32 maybe = 2; oneof one { int32 a = 3; string b = 4; } int32 always = 5; }
      service S { rpc m(M) returns (M); }`,
  })
  const two = methods.get('/two.S/m')
  expect(two?.encodeRequest({ plain: [1, 2], packed: [1, 2], g: { e: 'A' }, map: { k: 'B' }, '.two.more': 3 })).toEqual(
    Buffer.from('10011002' + '1a020102' + '23080024' + '2a050a016b1005' + '5003', 'hex'),
  )
  expect(two?.decodeResponse(Buffer.from('2324', 'hex'))).toMatchObject({ n: 7, g: { e: 'B' } })
  const three = methods.get('/three.S/m')
  expect(three?.encodeRequest({ list: [1, 2], maybe: 0, b: '', always: 0 })).toEqual(
    Buffer.from('0a02010210002200', 'hex'),
  )
})

test('names that objects inherit are ordinary names', () => {
  const { methods } = parse({
    'a.proto':
      'syntax="proto3"; package constructor; message toString { string __proto__ = 1; } service hasOwnProperty { rpc valueOf(toString) returns (toString); }',
  })
  expect([...methods.keys()]).toEqual(['/constructor.hasOwnProperty/valueOf'])
})
