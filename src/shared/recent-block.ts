import { SnetError } from './errors.js'

/** A signature that names a block is good for this many blocks around it, in both directions (snet-wire 3.1). */
const BLOCK_TOLERANCE = 5n

export const isRecentBlock = (signed: bigint, now: bigint, tolerance = BLOCK_TOLERANCE): boolean =>
  (signed > now ? signed - now : now - signed) <= tolerance

/** Where the newest block is learnt. */
export interface NewestBlock {
  /** The one that is known. */
  current(): bigint
  /** Asks the chain. */
  refresh(): Promise<bigint>
}

/** Whether it is so by the block that is known; the chain is asked again before the answer is no. */
export const holdsByBlock = async (blocks: NewestBlock, isSo: (now: bigint) => boolean): Promise<boolean> =>
  isSo(blocks.current()) || isSo(await blocks.refresh())

export const SIGNATURE_EXPIRED = 'authentication failed as the signature passed has expired'
const SIGN_NEWEST_BLOCK = `Sign the number of the newest block; it is good for ${BLOCK_TOLERANCE} blocks.`

export const signatureExpired = (): SnetError =>
  new SnetError('unauthenticated', SIGNATURE_EXPIRED, { hint: SIGN_NEWEST_BLOCK })
