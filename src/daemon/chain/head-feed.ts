import { setTimeout as after } from 'node:timers/promises'
import { hostOf, messageOf } from '../../shared/errors.js'
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
  /** Between two attempts: doubles from the first to the last, less up to half of it by chance. */
  readonly backoffMs: { readonly first: number; readonly last: number }
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
  #failures = 0

  /** Begins at once; an endpoint that cannot be reached is no error. */
  constructor(config: HeadFeedConfig, deps: HeadFeedDeps) {
    this.#config = config
    this.#deps = deps
    this.#done = this.#run(this.#closing.signal)
  }

  /** Heads arrive: from the first head of a subscription until it breaks. */
  get isLive(): boolean {
    return this.#isLive
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const reason = await followHeads(this.#config, () => this.#gained(), signal).catch(messageOf)
      if (signal.aborted) return
      this.#lost(reason)
      await after(this.#pauseMs(), undefined, { signal }).catch(() => undefined)
    }
  }

  #gained(): void {
    if (!this.#isLive) {
      this.#isLive = true
      this.#isLossTold = false
      this.#failures = 0
      this.#deps.log.info('new blocks are told by subscription', { node: hostOf(this.#config.url) })
    }
    this.#deps.onHead()
  }

  #lost(reason: string): void {
    const wasLive = this.#isLive
    this.#isLive = false
    if (!this.#isLossTold) {
      this.#isLossTold = true
      this.#deps.log.warn('no subscription to new blocks: they are asked for instead', {
        node: hostOf(this.#config.url),
        reason,
      })
    }
    if (wasLive) this.#deps.onLoss()
  }

  /** The failures of a subscription count until a head arrives: a node that accepts and hangs up is not hammered. */
  #pauseMs(): number {
    const { first, last } = this.#config.backoffMs
    const full = Math.min(last, first * 2 ** Math.min(this.#failures++, 30))
    return full * (1 - Math.random() / 2)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    await this.#done
    this.#isLive = false
  }
}
