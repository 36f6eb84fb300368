import { type BertyMessengerMethods, type BertyProtocolMethods } from '../../../shared/wire/index.js'
import {
  bertyMessengerService,
  type BertyMethod,
  type BertyProtocolPackage,
  bertyProtocolService,
  type BertyService,
} from '../../../shared/wire/grpc/index.js'

/** One method of Berty: where it is, and how its messages look. Empty bytes are never written. */
export interface Method<Request extends object, Reply> {
  readonly path: string
  encode(request: Request): Buffer
  decode(bytes: Buffer): Reply
}

const services = new Map<string, BertyService>()

/** Versions before 2.455.0 serve the same messages under another package. */
export const protocolMethod = <Name extends keyof BertyProtocolMethods>(
  name: Name,
  under: BertyProtocolPackage,
): Method<BertyProtocolMethods[Name][0], BertyProtocolMethods[Name][1]> =>
  methodOf(under, name, () => bertyProtocolService(under))

export const messengerMethod = <Name extends keyof BertyMessengerMethods>(
  name: Name,
): Method<BertyMessengerMethods[Name][0], BertyMessengerMethods[Name][1]> =>
  methodOf('messenger', name, bertyMessengerService)

function methodOf<Request extends object, Reply>(
  key: string,
  name: string,
  load: () => BertyService,
): Method<Request, Reply> {
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
