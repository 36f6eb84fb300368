import { expect, test } from 'vitest'
import { parseDescriptors } from '../../../src/content/index.js'

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

const GOOGLE = ['any', 'api', 'descriptor', 'duration', 'empty', 'field_mask', 'source_context', 'struct', 'timestamp']
test.each([
  ...[...GOOGLE, 'type', 'wrappers'].map((name) => `google/protobuf/${name}.proto`),
  ...['google/api/annotations.proto', 'google/api/http.proto'],
])('%s need not be in the archive', (name) => {
  expect([...parse({ 'a.proto': service(`import "${name}";`) }).methods.keys()]).toContain('/made.up.Notes/one')
})

test('all that google has published can be imported together', () => {
  const all = [...GOOGLE, 'type', 'wrappers'].map((name) => `import "google/protobuf/${name}.proto";`).join('')
  const more = 'import "google/api/annotations.proto"; import "google/api/http.proto";'
  expect([
    ...parse({ 'a.proto': service(all + more), 'b.proto': service(more + all).replace('made.up', 'b') }).methods.keys(),
  ]).toContain('/made.up.Notes/one')
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
  ['a fault of syntax', { 'ok.proto': service(), 'bad.proto': 'syntax = "proto3"; message {' }, 'bad.proto:'],
  ['a type that is missing', { 'a.proto': 'syntax="proto3"; service S { rpc m(Gone) returns (Gone); }' }, 'Gone'],
  ['a field number twice', { 'a.proto': 'syntax="proto3"; message M { int32 a = 1; int32 b = 1; }' }, 'a.proto:'],
])('%s is told with its file', (_what, files, message) => {
  expect(() => parse(files)).toThrow('the proto files of the service cannot be compiled')
  expect(() => parse(files)).toThrow(message)
})

test('names that objects inherit are ordinary names', () => {
  const { methods } = parse({
    'a.proto':
      'syntax="proto3"; package constructor; message toString { string __proto__ = 1; } service hasOwnProperty { rpc valueOf(toString) returns (toString); }',
  })
  expect([...methods.keys()]).toEqual(['/constructor.hasOwnProperty/valueOf'])
})
