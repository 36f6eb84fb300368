import { Metadata, type ServiceError, status } from '@grpc/grpc-js'
import { SnetError, toSnetError } from '../errors.js'
import { ERROR_HINT_TRAILER, ERROR_KIND_TRAILER, GRPC_STATUS, kindOfStatus } from './status.js'

/** A failure of one of our own services as grpc-js sends it: status and text, kind and hint in the trailers. */
export function toServiceError(thrown: unknown): Partial<ServiceError> {
  const error = toSnetError(thrown)
  const metadata = new Metadata()
  metadata.set(ERROR_KIND_TRAILER, error.kind)
  if (error.hint) metadata.set(ERROR_HINT_TRAILER, encodeURIComponent(error.hint))
  return { code: GRPC_STATUS[error.kind] as status, details: error.message, metadata }
}

/** What a client of ours makes of a failed call to one of our own services. */
export function fromServiceError(failed: ServiceError): SnetError {
  const kind = failed.metadata?.get(ERROR_KIND_TRAILER)[0]
  const hint = failed.metadata?.get(ERROR_HINT_TRAILER)[0]
  return new SnetError(kindOfStatus(failed.code, kind), failed.details || failed.message, {
    hint: typeof hint === 'string' ? decoded(hint) : undefined,
    details: { grpc_status: String(failed.code) },
  })
}

/** The other side may be anybody: a hint that does not decode is shown as it came. */
function decoded(hint: string): string {
  try {
    return decodeURIComponent(hint)
  } catch {
    return hint
  }
}
