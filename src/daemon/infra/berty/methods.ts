import type { ServiceClientConstructor } from '@grpc/grpc-js'
import { loadService } from '../../../shared/wire/index.js'

/** One method of Berty: where it is, and how its messages look. */
export interface Method<Request, Reply> {
  readonly path: string
  encode(request: Request): Buffer
  decode(bytes: Buffer): Reply
}

export type ProtocolPackage = 'weshnet.protocol.v1' | 'berty.protocol.v1'

interface Definition {
  readonly path: string
  readonly requestSerialize: (request: object) => Buffer
  readonly responseSerialize: (reply: object) => Buffer
  readonly responseDeserialize: (bytes: Buffer) => object
}

const WESHNET = 'weshnet.protocol.v1.ProtocolService'
const loaded = new Map<string, ServiceClientConstructor>()

function definitionOf(file: string, service: string, name: string): Definition {
  const known = loaded.get(service) ?? loadService(file, service)
  loaded.set(service, known)
  const found = known.service[name] as Definition | undefined
  if (!found) throw new Error(`${service} has no method ${name}`)
  return found
}

/** Versions before 2.455.0 serve the same messages under another package. */
export function protocolMethod<Request extends object, Reply>(
  name: string,
  of: ProtocolPackage,
): Method<Request, Reply> {
  const definition = definitionOf('weshnet/protocol/v1/protocol.proto', WESHNET, name)
  return toMethod(definition, `/${of}.ProtocolService/${name}`)
}

export function messengerMethod<Request extends object, Reply>(name: string): Method<Request, Reply> {
  const service = 'berty.messenger.v1.MessengerService'
  return toMethod(definitionOf('berty/messenger/v1/messenger.proto', service, name), `/${service}/${name}`)
}

/** What a method of the messenger answers, as a message by itself. */
export function messengerReply<Reply extends object>(
  name: string,
): { encode(reply: Reply): Buffer; decode(bytes: Buffer): Reply } {
  const service = 'berty.messenger.v1.MessengerService'
  const definition = definitionOf('berty/messenger/v1/messenger.proto', service, name)
  return {
    encode: (reply) => definition.responseSerialize(reply),
    decode: (bytes) => definition.responseDeserialize(bytes) as Reply,
  }
}

const toMethod = <Request extends object, Reply>(definition: Definition, path: string): Method<Request, Reply> => ({
  path,
  encode: (request) => definition.requestSerialize(request),
  decode: (bytes) => definition.responseDeserialize(bytes) as Reply,
})
