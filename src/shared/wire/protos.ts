import type { MethodDefinition, ServiceDefinition } from '@grpc/grpc-js'
import protobuf from 'protobufjs/light.js'
import own from './generated/own.json' with { type: 'json' }
import { OWN_OPTIONS } from './loader-options.js'

/** What a server or a client has to know of a service. */
export interface LoadedService {
  readonly service: ServiceDefinition
}

interface DeclaredMethod {
  readonly requestType: string
  readonly responseType: string
  readonly requestStream?: boolean
  readonly responseStream?: boolean
}

/**
 * A service that files of this package's proto folder declare. What its messages are made of is read when the first of
 * them is.
 *
 * @param name full name, such as `escrow.PaymentChannelStateService`
 */
export function loadService(name: string): LoadedService {
  const at = name.lastIndexOf('.')
  const methods = declaredIn(name.split('.'), own as Declared)?.methods
  if (!methods) throw new Error(`no file of proto/ declares a service ${name}`)
  const scope = name.slice(0, at)
  return {
    service: Object.fromEntries(
      Object.entries(methods).map(([method, declared]) => [
        method,
        definitionOf(`/${name}/${method}`, declared, scope),
      ]),
    ),
  }
}

interface Declared {
  readonly nested?: Readonly<Record<string, Declared>>
  readonly methods?: Readonly<Record<string, DeclaredMethod>>
}

const declaredIn = (path: readonly string[], of: Declared): Declared | undefined =>
  path.reduce<Declared | undefined>((at, part) => at?.nested?.[part], of)

function definitionOf(
  path: string,
  { requestType, responseType, requestStream = false, responseStream = false }: DeclaredMethod,
  scope: string,
): MethodDefinition<object, object> {
  const request = codecOf(requestType, scope)
  const response = codecOf(responseType, scope)
  return {
    path,
    requestStream,
    responseStream,
    requestSerialize: request.encode,
    requestDeserialize: request.decode,
    responseSerialize: response.encode,
    responseDeserialize: response.decode,
  }
}

interface Codec {
  readonly encode: (message: object) => Buffer
  readonly decode: (bytes: Buffer) => object
}

function codecOf(name: string, scope: string): Codec {
  let found: protobuf.Type | undefined
  const type = (): protobuf.Type => (found ??= typeNamed(name, scope))
  return {
    encode: (message) => type().encode(type().fromObject(message)).finish() as Buffer,
    decode: (bytes) => type().toObject(type().decode(bytes), OWN_OPTIONS),
  }
}

let types: protobuf.Root | undefined

function typeNamed(name: string, scope: string): protobuf.Type {
  if (!types) {
    types = protobuf.Root.fromJSON(own)
    types.resolveAll()
  }
  return (types.lookup(scope) as protobuf.Namespace).lookupType(name)
}
