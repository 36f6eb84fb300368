import type { Client, ServiceClientConstructor } from '@grpc/grpc-js'
import { fromServiceError } from './service-errors.js'

interface Method<Reply> {
  readonly path: string
  readonly requestSerialize: (request: object) => Buffer
  readonly responseDeserialize: (bytes: Buffer) => Reply
}

/** One unary call of one of our own services. Errors as the daemon tells them. */
export function askUnary<Reply>(
  client: Client,
  method: { readonly of: ServiceClientConstructor; readonly name: string },
  request: object,
  timeoutMs: number,
): Promise<Reply> {
  const { path, requestSerialize, responseDeserialize } = method.of.service[method.name] as unknown as Method<Reply>
  return new Promise((done, fail) => {
    const options = { deadline: Date.now() + timeoutMs }
    client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, options, (error, reply) => {
      if (error) fail(fromServiceError(error))
      else done(reply as Reply)
    })
  })
}
