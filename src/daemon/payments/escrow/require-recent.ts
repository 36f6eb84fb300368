import { prefixError } from '../../../shared/errors.js'
import { holdsByBlock, isRecentBlock, signatureExpired } from '../../../shared/recent-block.js'
import type { BlockNumber } from '../../../shared/units.js'
import type { Blocks } from '../ports.js'

/**
 * Refuses a request whose signed block is too old or too new, after the chain was asked for its newest.
 * @param newest known before that
 */
export async function requireRecent(blocks: Blocks, signed: bigint, newest: BlockNumber): Promise<void> {
  const known = { current: () => newest, refresh: () => blocks.refresh().catch(asBlockError) }
  if (!(await holdsByBlock(known, (now) => isRecentBlock(signed, now)))) throw signatureExpired()
}

function asBlockError(cause: unknown): never {
  throw prefixError('error determining current block: ', cause)
}
