import { cutShort } from './short-text.js'

/**
 * The closed list of ways things fail. Every edge (gRPC status, exit code) owns one exhaustive table over it,
 * so a new kind does not compile until each edge has an answer.
 */
export const ERROR_KINDS = [
  'bug',
  'invalid-config',
  'invalid-request',
  'unavailable',
  'storage-failed',
  'payment-rejected',
  'unauthenticated',
  'stale-nonce',
  'forbidden',
  'channel-busy',
  'wrong-state',
  'rate-limited',
  'already-exists',
  'not-found',
  'upstream-failed',
  'timed-out',
  'check-failed',
  'drain-timed-out',
  'cancelled',
] as const

export type ErrorKind = (typeof ERROR_KINDS)[number]

/** A hint is read by a person; names from outside that it quotes may be by the thousand. */
const MAX_HINT_LENGTH = 4_000

export interface ErrorContext {
  /** Facts that a program may want to read; never secrets. */
  details?: Readonly<Record<string, string>>
  /** The next step for the person who reads the message. */
  hint?: string | undefined
  cause?: unknown
}

/** The one error type that crosses rooms. The message says what failed and which; the hint says what next. */
export class SnetError extends Error {
  override readonly name = 'SnetError'
  readonly kind: ErrorKind
  readonly details: Readonly<Record<string, string>>
  readonly hint: string | undefined

  constructor(kind: ErrorKind, message: string, { details = {}, hint, cause }: ErrorContext = {}) {
    super(message, cause === undefined ? undefined : { cause })
    this.kind = kind
    this.details = details
    this.hint = hint && cutShort(hint, MAX_HINT_LENGTH)
  }
}

export const isErrorKind = (text: string): text is ErrorKind => (ERROR_KINDS as readonly string[]).includes(text)

/** Any thrown value as a SnetError; what nobody foresaw is a `bug` and keeps its cause for the log. */
export function toSnetError(thrown: unknown): SnetError {
  if (thrown instanceof SnetError) return thrown
  return new SnetError('bug', 'internal error', { cause: thrown })
}

/** The message of whatever was thrown, for use inside another message. */
export function messageOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown)
  const text = thrown.message || (thrown as NodeJS.ErrnoException).code || thrown.name
  if (thrown instanceof AggregateError && !thrown.message && thrown.errors.length > 0)
    return messageOf(thrown.errors[0])
  return text
}

/** Host and port of a URL, for messages: the rest of it may carry a provider's key. */
export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : 'the configured address')

/** The same error with `prefix` before its message; anything but a SnetError is returned as it came. */
export function prefixError(prefix: string, thrown: unknown): unknown {
  if (!(thrown instanceof SnetError)) return thrown
  const { kind, message, details, hint, cause } = thrown
  return new SnetError(kind, `${prefix}${message}`, { details, hint, cause })
}
