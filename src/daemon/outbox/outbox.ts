import { setMaxListeners } from 'node:events'
import { Waiters } from '../../shared/abort.js'
import { BoundedMap } from '../../shared/bounded-map.js'
import { messageOf } from '../../shared/errors.js'
import { type BackoffTimes, Backoff } from '../../shared/retry.js'
import type { ReportRequest } from '../../shared/wire/index.js'
import type { Log, PartHealth } from '../observability/index.js'
import type { Letter } from './letters.js'
import { Queue, type QueueConfig, type QueueDeps } from './queue.js'
import { openSender, type Sender, type Sent } from './send.js'

export interface OutboxConfig extends QueueConfig {
  readonly timeoutMs: number
  readonly pauses: BackoffTimes
}

export interface OutboxDeps extends QueueDeps {
  /**
   * A letter as the request that tells it now. Undefined where nobody is to be told any more; what it throws spoils the
   * letter for good.
   */
  readonly address: (text: string) => ReportRequest | undefined
  readonly log: Log
}

/** What became of letters since the start, and how many wait. */
export interface OutboxFigures {
  readonly waiting: number
  readonly posted: number
  /** Attempts, each of which is made again. */
  readonly failed: number
  /** Letters that nobody will be told of: too many waited, or they were refused. */
  readonly dropped: number
}

/** Requests under way at a time. */
const AT_ONCE = 32
/** A letter that fails so often while others are taken is at fault itself. */
const MAX_TRIES = 5
const MAX_REMEMBERED = 1_024
/** The endpoint is there, and does not want this one: to ask again would be the same. */
const REFUSALS: readonly number[] = [400, 405, 413, 414, 415, 422]

/**
 * Sends what is added, oldest first and some at a time, until each is taken. While nobody takes any, the oldest and the
 * newest are tried now and then, and the rest waits: over a stop and a kill, too.
 */
export class Outbox implements AsyncDisposable {
  readonly #config: OutboxConfig
  readonly #deps: OutboxDeps
  readonly #queue: Queue
  readonly #sender: Sender
  readonly #backoff: Backoff
  readonly #closing = new AbortController()
  readonly #news = new Waiters()
  readonly #tries = new BoundedMap<number, number>(MAX_REMEMBERED)
  readonly #running: Promise<void>
  #posted = 0
  #failed = 0
  #trouble: string | undefined

  constructor(config: OutboxConfig, deps: OutboxDeps) {
    this.#config = config
    this.#deps = deps
    this.#queue = new Queue(config, deps)
    this.#sender = openSender(config)
    this.#backoff = new Backoff(config.pauses, { isSpread: true })
    this.#queue.onNews(() => this.#news.wakeAll())
    // Each request listens for the close.
    setMaxListeners(AT_ONCE + 2, this.#closing.signal)
    this.#running = this.#run()
  }

  /**
   * Takes what is to be told, at once and whatever becomes of it.
   * @param isMinor may be left out while much waits
   */
  add(text: string, { isMinor = false } = {}): void {
    if (isMinor && this.#queue.isHalfFull) this.#queue.drop()
    else this.#queue.add(text)
  }

  get figures(): OutboxFigures {
    const { waiting, dropped } = this.#queue
    return { waiting, posted: this.#posted, failed: this.#failed, dropped }
  }

  /** Why nobody is told now; undefined while somebody is. */
  get trouble(): string | undefined {
    return this.#trouble
  }

  /** What waits does no harm to calls: it is something to see to. */
  health(): PartHealth {
    return this.#trouble === undefined ? { ok: true } : { ok: true, reason: this.#trouble }
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing
    while (!signal.aborted) {
      const letters = this.#backoff.isFresh ? this.#queue.head(AT_ONCE) : this.#queue.head(1, { newest: true })
      if (letters.length === 0) await this.#news.wait(signal)
      else await this.#sendAll(letters, signal)
    }
  }

  async #sendAll(letters: readonly Letter[], signal: AbortSignal): Promise<void> {
    const outcomes = await Promise.all(letters.map((letter) => this.#send(letter, signal)))
    if (signal.aborted && outcomes.every(({ isOver }) => !isOver)) return
    const isThere = outcomes.some(({ isOver }) => isOver)
    const over = letters.filter(({ number }, at) => outcomes[at]?.isOver || (isThere && this.#isSpoilt(number)))
    for (const { number } of over) this.#tries.delete(number)
    this.#queue.remove(over.map(({ number }) => number))
    const reason = outcomes.find((outcome) => outcome.reason !== undefined)?.reason
    if (isThere) this.#tellBack()
    else this.#tellAway(reason ?? '')
    if (isThere) this.#backoff.reset()
    if (reason !== undefined) await this.#backoff.wait(signal)
    if (isThere) this.#backoff.reset()
  }

  /** What was refused for good, or belongs to nobody, is over as well. */
  async #send({ text }: Letter, signal: AbortSignal): Promise<{ readonly isOver: boolean; readonly reason?: string }> {
    let request: ReportRequest | undefined
    try {
      request = this.#deps.address(text)
    } catch (fault) {
      this.#refused(messageOf(fault))
      return { isOver: true }
    }
    if (!request) return { isOver: true }
    const sent = await this.#sender.send(request, signal)
    if ('status' in sent && sent.status >= 200 && sent.status < 300) {
      this.#posted++
      return { isOver: true }
    }
    if ('status' in sent && REFUSALS.includes(sent.status)) {
      this.#refused(`HTTP status ${sent.status}`)
      return { isOver: true }
    }
    if (!signal.aborted) this.#failed++
    return { isOver: false, reason: reasonOf(sent) }
  }

  #refused(reason: string): void {
    this.#queue.drop()
    this.#deps.log.debug(`${this.#config.name}: one is not taken, and dropped`, { reason })
  }

  /** Counts a failure of a letter while others were taken; true when it is its own fault. */
  #isSpoilt(number: number): boolean {
    const tries = (this.#tries.get(number) ?? 0) + 1
    this.#tries.set(number, tries)
    if (tries < MAX_TRIES) return false
    this.#queue.drop()
    return true
  }

  #tellAway(reason: string): void {
    if (this.#trouble === undefined)
      this.#deps.log.warn(`${this.#config.name}: nobody can be told; it is tried again`, { reason })
    this.#trouble = `nobody can be told: ${reason}`
  }

  #tellBack(): void {
    if (this.#trouble !== undefined)
      this.#deps.log.info(`${this.#config.name}: told again`, { waiting: this.figures.waiting })
    this.#trouble = undefined
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    await this.#running
    await this.#queue[Symbol.asyncDispose]()
    await this.#sender[Symbol.asyncDispose]()
  }
}

const reasonOf = (sent: Sent): string => ('status' in sent ? `HTTP status ${sent.status}` : sent.reason)
