import type { Blocks } from '../ports.js'

/** Whether it is so by the block that is known; the chain is asked again before the answer is no. */
export async function holdsByBlock(blocks: Blocks, isSo: (now: bigint) => boolean): Promise<boolean> {
  return isSo(blocks.current()) || isSo(await blocks.refresh())
}
