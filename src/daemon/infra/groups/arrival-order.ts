/** Senders and tests whose newest number is remembered: beyond it the ones that were silent longest are forgotten. */
const MAX_STREAMS = 10_000

/**
 * Disorder as RFC 4737 counts it: a message is out of order when its number is lower than one that came before it from
 * the same sender. To be asked for first copies received live only: a history has no order (berty 3.2).
 */
export class ArrivalOrder {
  readonly #highest = new Map<string, number | bigint>()

  isLate(stream: string, number: number | bigint): boolean {
    const highest = this.#highest.get(stream)
    const isLate = highest !== undefined && number < highest
    this.#highest.delete(stream)
    this.#highest.set(stream, isLate ? highest : number)
    if (this.#highest.size > MAX_STREAMS) {
      const [oldest] = this.#highest.keys()
      if (oldest !== undefined) this.#highest.delete(oldest)
    }
    return isLate
  }
}
