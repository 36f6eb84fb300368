import protobuf from 'protobufjs'
import type { CompiledProtos } from './compile-protos.js'
import type { FileDescriptor } from './file-descriptors.js'
import type { HttpBinding } from './http-rule.js'
import { absentAt, type JsonCodec, jsonCodec } from './json-codec.js'
import { type MessageShape, shapesOf } from './message-fields.js'
import { decodeJson, encodeJson } from './message-json.js'
import { type Declared, declare, type Late } from './reflection.js'
import type { MethodOptions } from './resolved-objects.js'

export interface MethodDescriptor {
  /** `/package.Service/Method`. */
  readonly path: string
  readonly requestStream: boolean
  readonly responseStream: boolean
  /** Full names of the messages and enums of the request's own fields. */
  readonly requestFields: readonly string[]
  /** What it says in options of other packages, by their names as in `(training.dataset_type)`. */
  readonly options: MethodOptions
  /** How it says that it is reached over HTTP, by `google.api.http`; empty where it does not. */
  readonly http: readonly HttpBinding[]
  /** Its messages as a service sees them that takes JSON; what a person writes is judged more strictly, see `encodeRequest`. */
  readonly request: JsonCodec
  readonly response: JsonCodec
  /** What the field of the request at the path is in JSON where it is not set; undefined where there is no such field. */
  absentAt(path: readonly string[]): unknown
  /** The bytes of a request from its JSON form. Error: `invalid-request` naming the field. */
  encodeRequest(json: unknown): Buffer
  /** The JSON form of an answer: 64-bit numbers as text, enums by name, bytes in base64. Error: `invalid-request`. */
  decodeResponse(bytes: Uint8Array): unknown
  /** What its messages are made of, each with those within it. */
  shapes(): { readonly request: readonly MessageShape[]; readonly response: readonly MessageShape[] }
}

export interface Descriptors {
  readonly methods: ReadonlyMap<string, MethodDescriptor>
  /** Why files could not be used, a sentence each; their methods are unknown. */
  readonly faults: readonly string[]
  readonly files: readonly FileDescriptor[]
}

/** The methods of compiled proto files; their messages are built when the first one is asked for. */
export function toDescriptors({ methods, faults, declared, files }: CompiledProtos): Descriptors {
  let root: protobuf.Root | undefined
  const typeOf = (name: string): protobuf.Type => {
    root ??= buildTypes(JSON.parse(declared) as Declared[])
    return root.lookupType(name)
  }
  const entries = methods.map(({ request, response, requestFields, ...traits }) => {
    const method: MethodDescriptor = {
      ...traits,
      requestFields: requestFields.map((name) => name.slice(1)),
      request: jsonCodec(() => typeOf(request)),
      response: jsonCodec(() => typeOf(response)),
      absentAt: (path) => absentAt(typeOf(request), path),
      encodeRequest: (json) => encodeJson(typeOf(request), json),
      decodeResponse: (bytes) => decodeJson(typeOf(response), bytes),
      shapes: () => ({ request: shapesOf(typeOf(request)), response: shapesOf(typeOf(response)) }),
    }
    return [method.path, method] as const
  })
  return { methods: new Map(entries), faults, files }
}

function buildTypes(declared: readonly Declared[]): protobuf.Root {
  const root = new protobuf.Root()
  const late: Late[] = []
  for (const each of declared) declare(root, each, late)
  for (const { to, field } of late) to.add(field)
  root.resolveAll()
  return root
}
