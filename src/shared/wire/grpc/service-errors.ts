import { Metadata, type ServiceError, type status } from '@grpc/grpc-js'
import { type SnetError, toSnetError } from '../../errors.js'
import { boundText, fromDaemonStatus } from '../service-errors.js'
import { ERROR_HINT_TRAILER, ERROR_KIND_TRAILER, GRPC_STATUS } from '../status.js'

/** A failure of one of our own services as grpc-js sends it: status and text, kind and hint in the trailers. */
export function toServiceError(thrown: unknown): Partial<ServiceError> {
  const error = toSnetError(thrown)
  const metadata = new Metadata()
  metadata.set(ERROR_KIND_TRAILER, error.kind)
  if (error.hint) metadata.set(ERROR_HINT_TRAILER, encodeURIComponent(boundText(error.hint)))
  return { code: GRPC_STATUS[error.kind] as status, details: boundText(error.message), metadata }
}

/** The error that a failed call to one of our own services becomes in a client of ours. */
export function fromServiceError({ code, details, message, metadata }: ServiceError): SnetError {
  const [kind, hint] = [ERROR_KIND_TRAILER, ERROR_HINT_TRAILER].map((name) => metadata?.get(name)[0]?.toString())
  return fromDaemonStatus({ code, details: details || message, kind, hint })
}
