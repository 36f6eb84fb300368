import type { ErrorKind } from '../shared/errors.js'

/** Exit code of every error kind; scripts branch on these. Zero is success. */
export const EXIT_CODES = {
  bug: 1,
  'invalid-config': 2,
  'invalid-request': 2,
  unavailable: 3,
  'storage-failed': 3,
  'timed-out': 3,
  'payment-rejected': 4,
  unauthenticated: 4,
  'stale-nonce': 4,
  forbidden: 4,
  'channel-busy': 5,
  'wrong-state': 5,
  'rate-limited': 5,
  'already-exists': 5,
  'not-found': 6,
  'upstream-failed': 7,
  'check-failed': 8,
  'drain-timed-out': 9,
  cancelled: 130,
} as const satisfies Record<ErrorKind, number>

/** Not an error: what the user asked about is still going on. */
export const EXIT_RUNNING = 10
