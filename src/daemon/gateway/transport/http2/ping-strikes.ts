/** A PING, and its answer, with their head. */
const PING_BYTES = 17
/** As gRPC's servers bear. */
const MAX_STRIKES = 2

/**
 * The PINGs of one peer, judged as gRPC's servers do: one that comes sooner after another than it may is a strike, unless
 * something was sent to the peer in between: clients ask while an answer comes, to learn how long the way is.
 */
export class PingStrikes {
  readonly #minIntervalMs: number
  readonly #bytesWritten: () => number
  readonly #now: () => number
  #at = -Infinity
  #strikes = 0
  /** Since when only PINGs and their answers were sent, and how many. */
  #writtenBefore = 0
  #pings = 0

  /** @param minIntervalMs 0 takes any number */
  constructor(minIntervalMs: number, bytesWritten: () => number, now: () => number = () => performance.now()) {
    this.#minIntervalMs = minIntervalMs
    this.#bytesWritten = bytesWritten
    this.#now = now
  }

  /** We ask the peer ourselves. */
  noteOwn(): void {
    this.#pings++
  }

  /** Whether this PING of the peer's is one too many. */
  isTooMuch(): boolean {
    const [before, written] = [this.#at, this.#bytesWritten()]
    this.#at = this.#now()
    this.#pings++
    if (written - this.#writtenBefore > this.#pings * PING_BYTES) {
      this.#writtenBefore = written
      this.#pings = 0
      this.#strikes = 0
    } else if (this.#at - before < this.#minIntervalMs) this.#strikes++
    return this.#strikes > MAX_STRIKES
  }
}

/** What gRPC's servers say to who asks too often; its clients ask less often then. */
export const TOO_MANY_PINGS = 'too_many_pings'
