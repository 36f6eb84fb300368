import { status } from '../grpc-status.js'
import { type ErrorKind, isErrorKind } from '../errors.js'

/** The code of a wrong channel nonce: outside gRPC's own range, and what existing clients look for. */
export const INCORRECT_NONCE = 1000

/** Status of every error kind on the daemon's own services. */
export const GRPC_STATUS = {
  bug: status.INTERNAL,
  'invalid-config': status.INVALID_ARGUMENT,
  'invalid-request': status.INVALID_ARGUMENT,
  unavailable: status.UNAVAILABLE,
  'storage-failed': status.UNAVAILABLE,
  'payment-rejected': status.UNAUTHENTICATED,
  unauthenticated: status.UNAUTHENTICATED,
  'stale-nonce': INCORRECT_NONCE,
  forbidden: status.PERMISSION_DENIED,
  'channel-busy': status.FAILED_PRECONDITION,
  'wrong-state': status.FAILED_PRECONDITION,
  'rate-limited': status.RESOURCE_EXHAUSTED,
  'already-exists': status.ALREADY_EXISTS,
  'not-found': status.NOT_FOUND,
  'upstream-failed': status.UNAVAILABLE,
  'timed-out': status.DEADLINE_EXCEEDED,
  'check-failed': status.FAILED_PRECONDITION,
  'drain-timed-out': status.UNAVAILABLE,
  cancelled: status.CANCELLED,
} as const satisfies Record<ErrorKind, number>

/**
 * Status of every error kind on proxied calls. The reference daemon answers 13 where a channel belongs to somebody
 * else, a price is missing or its storage fails (snet-wire 4.2), and clients of it match that.
 */
export const PROXIED_STATUS = {
  ...GRPC_STATUS,
  forbidden: status.INTERNAL,
  'not-found': status.INTERNAL,
  'storage-failed': status.INTERNAL,
} as const satisfies Record<ErrorKind, number>

/** Trailer that carries the error kind, so that our own clients rebuild the same error. */
export const ERROR_KIND_TRAILER = 'snetd-error-kind'
/** Trailer with the error's hint, percent-encoded as grpc-message is. */
export const ERROR_HINT_TRAILER = 'snetd-error-hint'

const KIND_OF_STATUS: Readonly<Record<number, ErrorKind>> = {
  [status.CANCELLED]: 'cancelled',
  [status.INVALID_ARGUMENT]: 'invalid-request',
  [status.DEADLINE_EXCEEDED]: 'timed-out',
  [status.NOT_FOUND]: 'not-found',
  [status.ALREADY_EXISTS]: 'already-exists',
  [status.PERMISSION_DENIED]: 'forbidden',
  [status.RESOURCE_EXHAUSTED]: 'rate-limited',
  [status.FAILED_PRECONDITION]: 'wrong-state',
  [status.UNAVAILABLE]: 'unavailable',
  [status.UNAUTHENTICATED]: 'unauthenticated',
  [INCORRECT_NONCE]: 'stale-nonce',
}

/** The kind of a failed call: as the peer names it in the trailer, else what its status most likely means. */
export function kindOfStatus(code: number, named: unknown): ErrorKind {
  if (typeof named === 'string' && isErrorKind(named)) return named
  return KIND_OF_STATUS[code] ?? 'upstream-failed'
}

/** What an HTTP status without a gRPC one means, as gRPC maps it. */
export function statusOfHttp(http: number): ErrorKind {
  if (http === 401) return 'unauthenticated'
  if (http === 403) return 'forbidden'
  return [429, 502, 503, 504].includes(http) ? 'unavailable' : 'upstream-failed'
}
