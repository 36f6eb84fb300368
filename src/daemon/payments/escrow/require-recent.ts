import { prefixError } from '../../../shared/errors.js'
import { isRecentBlock, signatureExpired } from '../../../shared/recent-block.js'
import type { BlockNumber } from '../../../shared/units.js'
import type { Blocks } from '../ports.js'

/**
 * Refuses a request whose signed block is too old or too new, after the chain was asked for its newest.
 * @param newest known before that
 */
export async function requireRecent(blocks: Blocks, signed: bigint, newest: BlockNumber): Promise<void> {
  if (isRecentBlock(signed, newest) || isRecentBlock(signed, await refreshed(blocks))) return
  throw signatureExpired()
}

async function refreshed(blocks: Blocks): Promise<BlockNumber> {
  try {
    return await blocks.refresh()
  } catch (cause) {
    throw prefixError('error determining current block: ', cause)
  }
}
