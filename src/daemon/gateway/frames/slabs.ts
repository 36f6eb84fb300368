/** Room for what many calls send in one turn. */
const SLAB_BYTES = 33 * 1024
const MOST_FREE = 64

const free: Buffer[] = []

/**
 * Memory for what goes out, used again and again. New memory for it would be V8's to free: what a slow socket keeps for longer
 * than two of its small collections goes only with a collection of everything, and those cost a call of 4 KiB a third of its time.
 */
export const takeSlab = (): Buffer => free.pop() ?? Buffer.allocUnsafeSlow(SLAB_BYTES)

/** Only once nobody reads from it any more. */
export function giveSlab(slab: Buffer): void {
  if (free.length < MOST_FREE) free.push(slab)
}
