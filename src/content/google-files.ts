import protobuf from 'protobufjs'
import annotations from 'protobufjs/google/api/annotations.json' with { type: 'json' }
import http from 'protobufjs/google/api/http.json' with { type: 'json' }
import api from 'protobufjs/google/protobuf/api.json' with { type: 'json' }
import descriptor from 'protobufjs/google/protobuf/descriptor.json' with { type: 'json' }
import sourceContext from 'protobufjs/google/protobuf/source_context.json' with { type: 'json' }
import type from 'protobufjs/google/protobuf/type.json' with { type: 'json' }

interface GoogleFile {
  readonly nested: Readonly<Record<string, protobuf.AnyNestedObject>>
  readonly imports: readonly string[]
}

/** protobufjs repeats in each of these files what the file imports; only its own types are taken. */
function fileOf(
  json: object,
  at: 'protobuf' | 'api',
  own: readonly string[],
  imports: readonly string[] = [],
): GoogleFile {
  const { google } = (json as { nested: { google: { nested: Record<string, { nested: object }> } } }).nested
  const types = Object.fromEntries(
    Object.entries(google.nested[at]?.nested ?? {}).filter(([name]) => own.includes(name)),
  )
  return { nested: { google: { nested: { [at]: { nested: types } } } }, imports }
}

const TYPE = ['Type', 'Field', 'Enum', 'EnumValue', 'Option', 'Syntax']
const HTTP = ['Http', 'HttpRule', 'CustomHttpPattern']
const DESCRIPTOR = Object.keys(descriptor.nested.google.nested.protobuf.nested)

/** What protobufjs ships beside the files that it knows by itself. */
const MORE: ReadonlyMap<string, GoogleFile> = new Map([
  ['google/protobuf/descriptor.proto', fileOf(descriptor, 'protobuf', DESCRIPTOR)],
  ['google/protobuf/source_context.proto', fileOf(sourceContext, 'protobuf', ['SourceContext'])],
  [
    'google/protobuf/type.proto',
    fileOf(type, 'protobuf', TYPE, ['google/protobuf/any.proto', 'google/protobuf/source_context.proto']),
  ],
  [
    'google/protobuf/api.proto',
    fileOf(
      api,
      'protobuf',
      ['Api', 'Method', 'Mixin'],
      ['google/protobuf/source_context.proto', 'google/protobuf/type.proto'],
    ),
  ],
  ['google/api/http.proto', fileOf(http, 'api', HTTP)],
  [
    'google/api/annotations.proto',
    fileOf(annotations, 'api', ['http'], ['google/api/http.proto', 'google/protobuf/descriptor.proto']),
  ],
])

/** A file that everybody may import without shipping it; undefined for any other. */
export function googleFile(name: string): GoogleFile | undefined {
  const known = protobuf.common.get(name)?.nested
  return known ? { nested: known, imports: [] } : MORE.get(name)
}
