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
  ['that google has published', { 'a.proto': service('import "google/protobuf/empty.proto";') }],
])('a file imports another %s', (_what, files) => {
  expect([...parse(files).methods.keys()]).toEqual(['/made.up.Notes/one'])
})

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
