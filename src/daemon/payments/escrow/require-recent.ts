import { prefixError, SnetError } from '../../../shared/errors.js'
import type { BlockNumber } from '../../../shared/units.js'
import type { Blocks } from '../ports.js'

/** Signed requests are good for this many blocks, in both directions. */
const BLOCK_TOLERANCE = 5n

export const isRecent = (signed: bigint, now: bigint): boolean =>
  (signed > now ? signed - now : now - signed) <= BLOCK_TOLERANCE

/**
 * Refuses a request whose signed block is too old or too new, after the chain was asked for its newest.
 * @param newest known before that
 */
export async function requireRecent(blocks: Blocks, signed: bigint, newest: BlockNumber): Promise<void> {
  if (isRecent(signed, newest) || isRecent(signed, await refreshed(blocks))) return
  throw expired()
}

export const expired = (): SnetError =>
  new SnetError('unauthenticated', 'authentication failed as the signature passed has expired', {
    hint: `Sign the number of the newest block; it is good for ${BLOCK_TOLERANCE} blocks.`,
  })

async function refreshed(blocks: Blocks): Promise<BlockNumber> {
  try {
    return await blocks.refresh()
  } catch (cause) {
    throw prefixError('error determining current block: ', cause)
  }
}
