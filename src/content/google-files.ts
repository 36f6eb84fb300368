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

const of = (json: object, imports: readonly string[] = []): GoogleFile => ({
  nested: (json as { nested: GoogleFile['nested'] }).nested,
  imports,
})

/** What protobufjs ships beside the files that it knows by itself. */
const MORE: ReadonlyMap<string, GoogleFile> = new Map([
  ['google/protobuf/descriptor.proto', of(descriptor)],
  ['google/protobuf/source_context.proto', of(sourceContext)],
  ['google/protobuf/type.proto', of(type, ['google/protobuf/any.proto', 'google/protobuf/source_context.proto'])],
  ['google/protobuf/api.proto', of(api, ['google/protobuf/source_context.proto', 'google/protobuf/type.proto'])],
  ['google/api/http.proto', of(http)],
  ['google/api/annotations.proto', of(annotations, ['google/api/http.proto', 'google/protobuf/descriptor.proto'])],
])

/** A file that everybody may import without shipping it; undefined for any other. */
export function googleFile(name: string): GoogleFile | undefined {
  const known = protobuf.common.get(name)?.nested
  return known ? { nested: known, imports: [] } : MORE.get(name)
}
