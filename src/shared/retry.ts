import { pause } from './clock.js'

export interface BackoffTimes {
  readonly firstMs: number
  readonly longestMs: number
}

/**
 * How long to wait before something is tried again: twice as long after each failure, up to a longest pause. It is reset
 * by whoever knows of a success, which may come while the work still goes on; retry policies of libraries only see its end.
 */
export class Backoff {
  readonly #times: BackoffTimes
  readonly #isSpread: boolean
  #failures = 0

  /** @param isSpread whether chance takes up to half off each pause, so that many who failed at once do not return at once */
  constructor(times: BackoffTimes, { isSpread = false } = {}) {
    this.#times = times
    this.#isSpread = isSpread
  }

  /** Nothing has failed yet, or since the last success. */
  get isFresh(): boolean {
    return this.#failures === 0
  }

  reset(): void {
    this.#failures = 0
  }

  /** Counts a failure. */
  nextMs(): number {
    const { firstMs, longestMs } = this.#times
    const full = Math.min(longestMs, firstMs * 2 ** Math.min(this.#failures++, 30))
    return this.#isSpread ? full * (1 - Math.random() / 2) : full
  }

  /** Counts a failure and waits; resolves early when the signal aborts. */
  async wait(signal: AbortSignal): Promise<void> {
    await pause(this.nextMs(), signal)
  }
}
