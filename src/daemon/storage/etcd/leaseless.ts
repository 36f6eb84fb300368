import { pause } from '../../../shared/clock.js'

/** A look takes at most this share of the time. */
const LARGEST_SHARE = 0.02

export interface LeaselessDeps {
  /** Since when each lock is taken that no lease ends, in milliseconds since 1970. */
  readonly list: () => AsyncIterable<number>
  /** A lock of a daemon that died would have ended after so long, had it a lease. */
  readonly leaseMs: number
}

/**
 * Looks for channels that nothing but an operator frees: a daemon of the reference has no lease, so that one that died
 * leaves its locks. Those of its calls under way look the same, and are told too where they last.
 */
export class LeaselessLocks implements AsyncDisposable {
  readonly #deps: LeaselessDeps
  readonly #closing = new AbortController()
  readonly #looking: Promise<void>
  #since: readonly number[] = []

  constructor(deps: LeaselessDeps) {
    this.#deps = deps
    this.#looking = this.#lookAgainAndAgain(this.#closing.signal)
  }

  /** What there is to see to, by the last look; undefined where there is nothing. */
  get reason(): string | undefined {
    const old = this.#since.filter((since) => Date.now() - since >= this.#deps.leaseMs)
    if (old.length === 0) return undefined
    const minutes = Math.floor((Date.now() - Math.min(...old)) / 60_000)
    const channels = old.length === 1 ? '1 channel is' : `${old.length} channels are`
    return `${channels} locked by a daemon without a lease, one for at least ${minutes} min: unless it is at work, an operator has to unlock what it left`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    await this.#looking
  }

  async #lookAgainAndAgain(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const start = performance.now()
      // Where etcd does not answer its health says so; what was seen before is still the best that is known.
      this.#since = await this.#look().catch(() => this.#since)
      await pause(Math.max(this.#deps.leaseMs, (performance.now() - start) / LARGEST_SHARE), signal)
    }
  }

  async #look(): Promise<number[]> {
    const found: number[] = []
    for await (const since of this.#deps.list()) found.push(since)
    return found
  }
}
