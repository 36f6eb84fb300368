import { type Client, Metadata, type ServiceError } from '@grpc/grpc-js'
import { onAbort } from '../../abort.js'
import type { LoadedService } from '../protos.js'
import { fromServiceError } from './service-errors.js'

interface Method<Reply> {
  readonly path: string
  readonly requestSerialize: (request: object) => Buffer
  readonly responseDeserialize: (bytes: Buffer) => Reply
}

interface UnaryOptions {
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
  readonly metadata?: Metadata
  /** In place of the daemon's own words. */
  readonly translate?: (failed: ServiceError) => Error
}

/** One unary call of one of our own services. Errors as the daemon tells them, unless they are translated. */
export function askUnary<Reply>(
  client: Client,
  method: { readonly of: LoadedService; readonly name: string },
  request: object,
  { timeoutMs, signal, metadata = new Metadata(), translate = fromServiceError }: UnaryOptions,
): Promise<Reply> {
  const { path, requestSerialize, responseDeserialize } = method.of.service[method.name] as unknown as Method<Reply>
  return new Promise((done, fail) => {
    const options = { deadline: Date.now() + timeoutMs }
    const answer = (error: ServiceError | null, reply?: Reply): void => {
      wanting[Symbol.dispose]()
      if (error) fail(translate(error))
      else done(reply as Reply)
    }
    const call = client.makeUnaryRequest(
      path,
      requestSerialize,
      responseDeserialize,
      request,
      metadata,
      options,
      answer,
    )
    const wanting = onAbort(signal, () => call.cancel())
  })
}
