import { SnetError } from './errors.js'

/** A signature that names a block is good for this many blocks around it, in both directions (snet-wire 3.1). */
const BLOCK_TOLERANCE = 5n

export const isRecentBlock = (signed: bigint, now: bigint, tolerance = BLOCK_TOLERANCE): boolean =>
  (signed > now ? signed - now : now - signed) <= tolerance

export const SIGNATURE_EXPIRED = 'authentication failed as the signature passed has expired'
const SIGN_NEWEST_BLOCK = `Sign the number of the newest block; it is good for ${BLOCK_TOLERANCE} blocks.`

export const signatureExpired = (): SnetError =>
  new SnetError('unauthenticated', SIGNATURE_EXPIRED, { hint: SIGN_NEWEST_BLOCK })
