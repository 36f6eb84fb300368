import type { PublicKey } from '../contract/keys.js'

/**
 * Disorder as RFC 4737 counts it, by the order in which the sender's Berty took its messages (berty 10): a message is out
 * of order when one that was taken later came before it. Only for first copies that were received live: a history has no
 * order (berty 3.2). Keeps one number for each device, whatever its messages claim.
 */
export class ArrivalOrder {
  readonly #newest = new Map<PublicKey, bigint>()

  isLate(device: PublicKey, counter: bigint): boolean {
    const newest = this.#newest.get(device)
    // Counters may start anywhere in uint64, and so come around.
    const isLate = newest !== undefined && BigInt.asIntN(64, counter - newest) < 0n
    if (!isLate) this.#newest.set(device, counter)
    return isLate
  }
}
