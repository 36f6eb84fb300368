import { SnetError } from '../errors.js'
import { status } from '../grpc-status.js'
import { INCORRECT_NONCE, kindOfStatus } from './status.js'

/** Bound of a text in a trailer, percent-encoded: some clients take no more than 8 KiB of headers in all. */
const MAX_TEXT_BYTES = 3_000

/**
 * A text that may quote what came from outside, fit for a trailer: at bounded length, since a header list has its bounds
 * and a call whose trailers cannot be sent never ends; control characters escaped, since it is shown on terminals; no
 * half of a surrogate pair, which cannot be percent-encoded: grpc-js would throw where nobody catches.
 */
export function boundText(text: string): string {
  const shown = text
    .slice(0, MAX_TEXT_BYTES)
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/[^\P{Cc}\n]/gu, escape)
  let bytes = 0
  let end = 0
  for (const character of shown) {
    bytes += encodeURIComponent(character).length
    if (bytes > MAX_TEXT_BYTES) break
    end += character.length
  }
  return end === shown.length && text.length <= MAX_TEXT_BYTES
    ? shown
    : `${shown.slice(0, end)}… (${text.length} characters)`
}

const escape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** How a call ended, as its trailers tell. */
export interface CallStatus {
  readonly code: number
  readonly details: string
  /** As our own daemons name it. */
  readonly kind?: string | undefined
  /** Percent-encoded. */
  readonly hint?: string | undefined
}

/** The error that a failed call to one of our own services becomes in a client of ours. */
export const fromDaemonStatus = ({ code, details, kind, hint }: CallStatus): SnetError =>
  new SnetError(kindOfStatus(code, kind), details, {
    hint: hint === undefined ? undefined : decode(hint),
    details: { grpc_status: String(code) },
  })

/** Codes that a call ends with when nobody answered it, or nobody but a daemon can have answered it. */
const NOT_OF_A_SERVICE: readonly number[] = [
  status.CANCELLED,
  status.DEADLINE_EXCEEDED,
  status.UNAVAILABLE,
  INCORRECT_NONCE,
]

/** The error that a failed call to somebody's service becomes in a client of ours: its own status is `upstream-failed`. */
export function fromServiceStatus(failed: CallStatus): SnetError {
  if (failed.kind !== undefined || NOT_OF_A_SERVICE.includes(failed.code)) return fromDaemonStatus(failed)
  return new SnetError(
    'upstream-failed',
    `the service answered ${status[failed.code] ?? failed.code}: ${failed.details}`,
    {
      details: { grpc_status: String(failed.code) },
      hint: 'The call cost nothing.',
    },
  )
}

/** The other side may be anybody: a hint that does not decode is shown as it came. */
function decode(hint: string): string {
  try {
    return decodeURIComponent(hint)
  } catch {
    return hint
  }
}
