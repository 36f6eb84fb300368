import { posix } from 'node:path'
import protobuf from 'protobufjs'
import { messageOf, SnetError } from '../shared/errors.js'
import { googleFile } from './google-files.js'
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
 * to their own folder; `google/protobuf/*` and `google/api/*` are built in. Error: `invalid-config` naming file and
 * fault.
 */
export function parseDescriptors(files: ReadonlyMap<string, string>): Descriptors {
  const loading: Loading = { files, root: new protobuf.Root(), loaded: new Set(), path: [] }
  try {
    for (const name of files.keys()) loadFile(name, loading)
    loading.root.resolveAll()
    return { methods: new Map(servicesIn(loading.root).flatMap(methodsOf)) }
  } catch (cause) {
    // Files that nest too deep end here as well, as an error of the stack.
    throw cause instanceof SnetError ? cause : unusable(messageOf(cause), cause)
  }
}

const unusable = (reason: string, cause?: unknown): SnetError =>
  new SnetError('invalid-config', `the proto files of the service cannot be compiled: ${reason}`, {
    hint: 'Publish all files that the service imports in one archive; protoc has to accept them.',
    cause,
  })

interface Loading {
  readonly files: ReadonlyMap<string, string>
  readonly root: protobuf.Root
  readonly loaded: Set<string>
  /** The files under way, each imported by the one before it. */
  readonly path: readonly string[]
}

function loadFile(name: string, loading: Loading): void {
  const { files, root, loaded } = loading
  const path = [...loading.path, name]
  if (loading.path.includes(name)) {
    throw unusable(`files import each other in a circle: ${path.slice(path.indexOf(name)).join(' → ')}`)
  }
  if (loaded.has(name)) return
  loaded.add(name)
  for (const wanted of parseFile(name, files.get(name) as string, root)) {
    const found = findImport(wanted, name, files)
    if (found !== undefined) loadFile(found, { ...loading, path })
    else loadBuiltIn(wanted, name, root, loaded)
  }
}

/** The names that it imports. */
function parseFile(name: string, text: string, root: protobuf.Root): ReadonlySet<string> {
  try {
    const { imports = [], weakImports = [] } = protobuf.parse(text, root, { keepCase: true })
    return new Set([...imports, ...weakImports])
  } catch (cause) {
    throw unusable(`${name}: ${messageOf(cause)}`, cause)
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
  const file = googleFile(wanted)
  if (!file) throw unusable(`${from} imports ${wanted}, which is not in the archive`)
  if (loaded.has(wanted)) return
  loaded.add(wanted)
  for (const each of file.imports) loadBuiltIn(each, wanted, root, loaded)
  root.addJSON(file.nested)
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
