import type { sendUnaryData, ServiceError } from '@grpc/grpc-js'
import { toSnetError } from '../../errors.js'
import { toServiceError } from './service-errors.js'

/** Where a failure goes that nobody foresaw. */
interface FaultLog {
  error(message: string, fields: { readonly error: unknown }): void
}

/** The status that a call of `method` is answered with after a failure; one that nobody foresaw is logged. */
export function statusOfFailure(thrown: unknown, method: string, log: FaultLog): Partial<ServiceError> {
  if (toSnetError(thrown).kind === 'bug') log.error(`${method} failed`, { error: thrown })
  return toServiceError(thrown)
}

/** Answers a call of `method` with what comes of it, a message or a failure. */
export function answerUnary<Message>(
  answer: Promise<Message>,
  reply: sendUnaryData<Message>,
  method: string,
  log: FaultLog,
): void {
  answer.then(
    (message) => reply(null, message),
    (thrown: unknown) => reply(statusOfFailure(thrown, method, log)),
  )
}
