/** Tokens that come back with time, up to a bound; starts full. */
export class TokenBucket {
  readonly #burst: number
  readonly #perSecond: number
  readonly #now: () => number
  #tokens: number
  #at: number

  /** @param now milliseconds of a clock that never goes back */
  constructor({ burst, perSecond }: { burst: number; perSecond: number }, now: () => number = () => performance.now()) {
    this.#burst = burst
    this.#perSecond = perSecond
    this.#now = now
    this.#tokens = burst
    this.#at = now()
  }

  /** Whether there is a token to take. */
  has(): boolean {
    const now = this.#now()
    this.#tokens = Math.min(this.#burst, this.#tokens + ((now - this.#at) / 1000) * this.#perSecond)
    this.#at = now
    return this.#tokens >= 1
  }

  /** Takes one token; false when there is none. */
  take(): boolean {
    if (!this.has()) return false
    this.#tokens -= 1
    return true
  }

  /** Milliseconds until there is a token to take; 0 when there is one. */
  waitMs(): number {
    return this.has() ? 0 : ((1 - this.#tokens) / this.#perSecond) * 1000
  }

  /** Whether it is as one that was never used. */
  isFull(): boolean {
    this.has()
    return this.#tokens >= this.#burst
  }
}
