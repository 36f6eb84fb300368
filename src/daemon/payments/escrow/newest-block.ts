import type { BlockNumber } from '../../../shared/units.js'
import type { Blocks, ChannelReading } from '../ports.js'

/** The block to judge a reading by: never one before it was read. Throws `unavailable` when no block is known. */
export function newestBlock(blocks: Blocks, reading: ChannelReading): BlockNumber {
  const current = blocks.current()
  return current > reading.block ? current : reading.block
}
