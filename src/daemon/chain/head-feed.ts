import { hostOf, messageOf } from '../../shared/errors.js'
import { Backoff, type BackoffTimes } from '../../shared/retry.js'
import type { Log } from '../observability/index.js'
import { followHeads } from './new-heads.js'

export interface HeadFeedConfig {
  /** `ws:` or `wss:`. */
  readonly url: string
  readonly apiKey: string | undefined
  /** For the handshake and for the answer to the subscription. */
  readonly timeoutMs: number
  /** A subscription without a new head for this long is given up. */
  readonly silenceMs: number
  readonly pingMs: number
  /** Between two attempts. */
  readonly backoff: BackoffTimes
}

export interface HeadFeedDeps {
  readonly log: Log
  /** A new block is said to be there. */
  readonly onHead: () => void
  /** New blocks are no longer told. */
  readonly onLoss: () => void
}

/** A subscription to new heads that is made again whenever it breaks. What it tells is a hint, never a fact. */
export class HeadFeed implements AsyncDisposable {
  readonly #config: HeadFeedConfig
  readonly #deps: HeadFeedDeps
  readonly #closing = new AbortController()
  readonly #done: Promise<void>
  #isLive = false
  /** Whether the log knows of a loss that has not ended. */
  #isLossTold = false
  /** Failures of a subscription count until a head arrives: a node that accepts and hangs up is not hammered. */
  readonly #backoff: Backoff

  /** Begins at once; an endpoint that cannot be reached is no error. */
  constructor(config: HeadFeedConfig, deps: HeadFeedDeps) {
    this.#config = config
    this.#deps = deps
    this.#backoff = new Backoff(config.backoff, { isSpread: true })
    this.#done = this.#run(this.#closing.signal)
  }

  /** Heads arrive: from the first head of a subscription until it breaks. */
  get isLive(): boolean {
    return this.#isLive
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const reason = await followHeads(this.#config, () => this.#onGain(), signal).catch(messageOf)
      if (signal.aborted) return
      this.#onLoss(reason)
      await this.#backoff.wait(signal)
    }
  }

  #onGain(): void {
    if (!this.#isLive) {
      this.#isLive = true
      this.#isLossTold = false
      this.#backoff.reset()
      this.#deps.log.info('new blocks arrive by subscription', { node: hostOf(this.#config.url) })
    }
    this.#deps.onHead()
  }

  #onLoss(reason: string): void {
    const wasLive = this.#isLive
    this.#isLive = false
    if (!this.#isLossTold) {
      this.#isLossTold = true
      this.#deps.log.warn('no subscription to new blocks: polling instead', {
        node: hostOf(this.#config.url),
        reason,
      })
    }
    if (wasLive) this.#deps.onLoss()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    await this.#done
    this.#isLive = false
  }
}
