import type { Client, ServiceClientConstructor } from '@grpc/grpc-js'
import { fromServiceError } from './service-errors.js'

interface Method<Request, Reply> {
  readonly path: string
  readonly requestSerialize: (request: Request) => Buffer
  readonly responseDeserialize: (bytes: Buffer) => Reply
}

/** One unary call of one of our own services. Errors as the daemon tells them. */
export function askUnary<Request, Reply>(
  client: Client,
  method: { readonly of: ServiceClientConstructor; readonly name: string },
  request: Request,
  timeoutMs: number,
): Promise<Reply> {
  const { path, requestSerialize, responseDeserialize } = method.of.service[method.name] as unknown as Method<
    Request,
    Reply
  >
  return new Promise((done, fail) => {
    const options = { deadline: Date.now() + timeoutMs }
    client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, options, (error, reply) => {
      if (error) fail(fromServiceError(error))
      else done(reply as Reply)
    })
  })
}
