import { ServerInterceptingCall, type ServerInterceptor, status } from '@grpc/grpc-js'

/** What grpc-js keeps of a call and does not show: how it unpacks a message, its five bytes of head included. */
interface Unpacking {
  decompressMessage: (message: Buffer, encoding: string) => Buffer | Promise<Buffer>
}

/**
 * Ends a call with INTERNAL whose message says that it is compressed where the call names no encoding, as the gRPC
 * protocol wants it: grpc-js would take the packed bytes for the message. An interceptor sees decoded messages only, so
 * the call itself is told.
 */
export const refuseUndeclaredCompression: ServerInterceptor = (_method, call) => {
  const inner = call as unknown as Unpacking
  const unpack = inner.decompressMessage.bind(call)
  inner.decompressMessage = (message, encoding) =>
    encoding === 'identity' && message[0] !== 0 ? Promise.reject(undeclared()) : unpack(message, encoding)
  return new ServerInterceptingCall(call)
}

/** grpc-js takes a status for the fault of a message. */
const undeclared = (): Error =>
  Object.assign(new Error('undeclared compression'), {
    code: status.INTERNAL,
    details: 'a message is marked as compressed, and the call has no grpc-encoding',
  })
