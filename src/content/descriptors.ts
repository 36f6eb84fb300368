import { posix } from 'node:path'
import protobuf from 'protobufjs'
import { messageOf, SnetError } from '../shared/errors.js'
import { decodeJson, encodeJson } from './message-json.js'

export interface MethodDescriptor {
  /** `/package.Service/Method`. */
  readonly path: string
  readonly requestStream: boolean
  readonly responseStream: boolean
  /** The bytes of a request from its JSON form. Error: `invalid-request` naming the field. */
  encodeRequest(json: unknown): Buffer
  /** The JSON form of an answer: 64-bit numbers as text, enums by name, bytes in base64. Error: `invalid-request`. */
  decodeResponse(bytes: Uint8Array): unknown
}

export interface Descriptors {
  readonly methods: ReadonlyMap<string, MethodDescriptor>
}

/**
 * The methods that a set of proto files declares. Files import each other by their names in the archive or relative
 * to their own folder; `google/protobuf/*` is built in. Error: `invalid-config` naming file and fault.
 */
export function parseDescriptors(files: ReadonlyMap<string, string>): Descriptors {
  const root = new protobuf.Root()
  const loaded = new Set<string>()
  for (const name of files.keys()) loadFile(name, files, root, loaded)
  try {
    root.resolveAll()
  } catch (cause) {
    throw unusable(messageOf(cause), cause)
  }
  return { methods: new Map(servicesIn(root).flatMap(methodsOf)) }
}

const unusable = (reason: string, cause?: unknown): SnetError =>
  new SnetError('invalid-config', `the proto files of the service cannot be compiled: ${reason}`, {
    hint: 'Publish all files that the service imports in one archive.',
    cause,
  })

function loadFile(name: string, files: ReadonlyMap<string, string>, root: protobuf.Root, loaded: Set<string>): void {
  if (loaded.has(name)) return
  loaded.add(name)
  let parsed: protobuf.IParserResult
  try {
    parsed = protobuf.parse(files.get(name) as string, root, { keepCase: true })
  } catch (cause) {
    throw unusable(`${name}: ${messageOf(cause)}`, cause)
  }
  for (const wanted of [...(parsed.imports ?? []), ...(parsed.weakImports ?? [])]) {
    const found = findImport(wanted, name, files)
    if (found !== undefined) loadFile(found, files, root, loaded)
    else loadBuiltIn(wanted, name, root, loaded)
  }
}

function findImport(wanted: string, from: string, files: ReadonlyMap<string, string>): string | undefined {
  const beside = posix.join(posix.dirname(from), wanted)
  if (files.has(wanted)) return wanted
  if (files.has(beside)) return beside
  // Archives often nest the whole tree in a folder of its own.
  return [...files.keys()].find((name) => name.endsWith(`/${wanted}`))
}

function loadBuiltIn(wanted: string, from: string, root: protobuf.Root, loaded: Set<string>): void {
  const builtIn = protobuf.common.get(wanted)
  if (!builtIn?.nested) throw unusable(`${from} imports ${wanted}, which is not in the archive`)
  if (loaded.has(wanted)) return
  loaded.add(wanted)
  root.addJSON(builtIn.nested)
}

function servicesIn(namespace: protobuf.NamespaceBase): protobuf.Service[] {
  return namespace.nestedArray.flatMap((nested) => {
    if (nested instanceof protobuf.Service) return [nested]
    return nested instanceof protobuf.Namespace ? servicesIn(nested) : []
  })
}

const methodsOf = (service: protobuf.Service): [string, MethodDescriptor][] =>
  service.methodsArray.map((method) => {
    const path = `/${service.fullName.replace(/^\./, '')}/${method.name}`
    return [path, descriptorOf(path, method)]
  })

function descriptorOf(path: string, method: protobuf.Method): MethodDescriptor {
  const { resolvedRequestType: request, resolvedResponseType: response } = method
  if (!request || !response) throw unusable(`${path} has no message types`)
  return {
    path,
    requestStream: method.requestStream ?? false,
    responseStream: method.responseStream ?? false,
    encodeRequest: (json) => encodeJson(request, json),
    decodeResponse: (bytes) => decodeJson(response, bytes),
  }
}
