import {
  bertyMessengerService,
  type BertyMethod,
  type BertyProtocolPackage,
  bertyProtocolService,
  type BertyService,
} from '../../../shared/wire/index.js'

/** One method of Berty: where it is, and how its messages look. Empty bytes are never written. */
export interface Method<Reply> {
  readonly path: string
  encode(request: object): Buffer
  decode(bytes: Buffer): Reply
}

const services = new Map<string, BertyService>()

/** Versions before 2.455.0 serve the same messages under another package. */
export const protocolMethod = <Reply>(name: string, under: BertyProtocolPackage): Method<Reply> =>
  methodOf(under, name, () => bertyProtocolService(under))

export const messengerMethod = <Reply>(name: string): Method<Reply> =>
  methodOf('messenger', name, bertyMessengerService)

function methodOf<Reply>(key: string, name: string, load: () => BertyService): Method<Reply> {
  const service = services.get(key) ?? load()
  services.set(key, service)
  const method: BertyMethod | undefined = service[name]
  if (!method) throw new Error(`our proto files have no method ${name} of Berty`)
  return {
    path: method.path,
    encode: method.requestSerialize,
    decode: (bytes) => method.responseDeserialize(bytes) as Reply,
  }
}
