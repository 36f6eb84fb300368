import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import protobuf from 'protobufjs'
import api from 'protobufjs/google/protobuf/api.json' with { type: 'json' }
import descriptor from 'protobufjs/google/protobuf/descriptor.json' with { type: 'json' }
import sourceContext from 'protobufjs/google/protobuf/source_context.json' with { type: 'json' }
import type from 'protobufjs/google/protobuf/type.json' with { type: 'json' }
import { packageRoot } from '../shared/package.js'

/** A file that need not be in the archive. */
export interface KnownFile {
  readonly nested: Readonly<Record<string, protobuf.AnyNestedObject>>
  readonly imports: readonly string[]
}

/** protobufjs repeats in each of these files what the file imports; only its own types are taken. */
function fileOf(json: object, own: readonly string[], imports: readonly string[] = []): KnownFile {
  const { google } = (json as { nested: { google: { nested: { protobuf: { nested: object } } } } }).nested
  const types = Object.entries(google.nested.protobuf.nested).filter(([name]) => own.includes(name))
  return { nested: { google: { nested: { protobuf: { nested: Object.fromEntries(types) } } } }, imports }
}

const TYPE = ['Type', 'Field', 'Enum', 'EnumValue', 'Option', 'Syntax']
const DESCRIPTOR = Object.keys(descriptor.nested.google.nested.protobuf.nested)

/** What protobufjs ships beside the files that it knows by itself. */
const MORE: ReadonlyMap<string, KnownFile> = new Map([
  ['google/protobuf/descriptor.proto', fileOf(descriptor, DESCRIPTOR)],
  ['google/protobuf/source_context.proto', fileOf(sourceContext, ['SourceContext'])],
  [
    'google/protobuf/type.proto',
    fileOf(type, TYPE, ['google/protobuf/any.proto', 'google/protobuf/source_context.proto']),
  ],
  [
    'google/protobuf/api.proto',
    fileOf(api, ['Api', 'Method', 'Mixin'], ['google/protobuf/source_context.proto', 'google/protobuf/type.proto']),
  ],
])

let shipped: Readonly<Record<string, KnownFile>> | undefined

/** A file that everybody may import without shipping it; undefined for any other. */
export function googleFile(name: string): KnownFile | undefined {
  const known = protobuf.common.get(name)?.nested
  if (known) return { nested: known, imports: [] }
  shipped ??= JSON.parse(readFileSync(join(packageRoot, 'proto/google/descriptors.json'), 'utf8')) as typeof shipped
  return MORE.get(name) ?? (Object.hasOwn(shipped as object, name) ? shipped?.[name] : undefined)
}
