import type { Blocks } from '../ports.js'

/** Signed requests are good for this many blocks, in both directions. */
const BLOCK_TOLERANCE = 5n

export const EXPIRED_SIGNATURE = 'authentication failed as the signature passed has expired'
export const EXPIRED_HINT = `Sign the number of the newest block; it is good for ${BLOCK_TOLERANCE} blocks.`

export const isRecent = (block: bigint, now: bigint): boolean =>
  (block > now ? block - now : now - block) <= BLOCK_TOLERANCE

/** Whether it is so by the block that is known; the chain is asked again before the answer is no. */
export async function holdsByBlock(blocks: Blocks, isSo: (now: bigint) => boolean): Promise<boolean> {
  return isSo(blocks.current()) || isSo(await blocks.refresh())
}
