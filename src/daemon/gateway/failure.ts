import { randomBytes } from 'node:crypto'
import { status } from '../../shared/grpc-status.js'
import { type ErrorContext, type ErrorKind, SnetError, toSnetError } from '../../shared/errors.js'
import {
  ERROR_HINT_TRAILER,
  ERROR_KIND_TRAILER,
  RETRY_PUSHBACK_TRAILER,
  retryInfo,
  STATUS_DETAILS_TRAILER,
} from '../../shared/wire/index.js'
import type { Log } from '../observability/index.js'
import { HeaderList } from './header-list.js'
import { encodeGrpcMessage } from './metadata.js'
import { RateLimited } from './rates/index.js'

/** An error status that the service itself answered; it reaches the client as it is. */
export class UpstreamStatus extends SnetError {
  constructor(readonly trailers: HeaderList) {
    super(
      'upstream-failed',
      `the service answered status ${trailers.first('grpc-status')}: ${trailers.first('grpc-message') ?? ''}`,
    )
  }
}

/** A refusal of ours whose code is not that of its kind, because the reference answers it so. */
export class StatusError extends SnetError {
  constructor(
    readonly code: number,
    message: string,
    { kind = 'invalid-request', ...context }: ErrorContext & { kind?: ErrorKind } = {},
  ) {
    super(kind, message, context)
  }
}

/** What a call whose request cannot be read to its end is told: the reader's own prefix, and code 13 (snet-wire 4.5). */
export function unreadable(prefix: string, thrown: unknown, suffix = ''): SnetError {
  const error = toSnetError(thrown)
  if (error.kind === 'bug') return error
  return new StatusError(status.INTERNAL, `${prefix}${error.message}${suffix}`, error)
}

/**
 * Any failure of a call as the trailers that tell the client: the one place where errors become a status.
 * @param codes the status of each kind, on own services or on proxied calls
 */
export function statusOf(thrown: unknown, codes: Readonly<Record<ErrorKind, number>>, log: Log): HeaderList {
  if (thrown instanceof UpstreamStatus) return thrown.trailers
  const error = toSnetError(thrown)
  if (error instanceof StatusError) return toStatus(error, error.code)
  const code = codes[error.kind]
  if (error instanceof RateLimited) return withRetryAdvice(toStatus(error, code), error, code)
  if (error.kind !== 'bug') return toStatus(error, code)
  const id = randomBytes(4).toString('hex')
  log.error('internal error', { id, error: error.cause ?? error })
  return toStatus(new SnetError('bug', `internal error, the daemon's log has more under ${id}`), code)
}

const withRetryAdvice = (list: HeaderList, { message, retryAfterMs }: RateLimited, code: number): HeaderList =>
  list
    .add(RETRY_PUSHBACK_TRAILER, String(retryAfterMs))
    .add(STATUS_DETAILS_TRAILER, retryInfo({ code, message }, retryAfterMs))

/** The same as a code and a text, for whoever is told of the call beside its client. */
export function toldOf(
  thrown: unknown,
  codes: Readonly<Record<ErrorKind, number>>,
): { readonly code: number; readonly text: string } {
  const { kind, message } = toSnetError(thrown)
  if (thrown instanceof UpstreamStatus) return { code: Number(thrown.trailers.first('grpc-status')), text: message }
  return { code: thrown instanceof StatusError ? thrown.code : codes[kind], text: message }
}

/** The trailers that tell the client of an error with this code. */
export function toStatus({ kind, message, hint }: SnetError, code: number): HeaderList {
  const list = new HeaderList()
    .add('grpc-status', String(code))
    .add('grpc-message', encodeGrpcMessage(shorten(message)))
    .add(ERROR_KIND_TRAILER, kind)
  return hint === undefined ? list : list.add(ERROR_HINT_TRAILER, encodeGrpcMessage(shorten(hint)))
}

/** A status has to fit into one header block, though a message may repeat what a stranger sent. */
const MAX_TEXT = 2_000
const shorten = (text: string): string => (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text)
