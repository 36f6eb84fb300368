import { setImmediate } from 'node:timers/promises'
import { type Clock, systemClock } from '../../shared/clock.js'
import { messageOf } from '../../shared/errors.js'
import { Backoff } from '../../shared/retry.js'
import { withTimeLimit } from '../../shared/time-limit.js'
import { TokenBucket } from '../../shared/token-bucket.js'
import { type Log, warnSeldom, type WrittenLine } from '../observability/index.js'
import { type LogEvent, toEvent } from './event.js'
import { Later, Refusal, type Sender } from './sender.js'

export interface QueueConfig {
  readonly name: string
  readonly perMinute: number
  /** Never shown, also where the other side quotes them. */
  readonly secrets: readonly string[]
}

export interface QueueDeps {
  /** No hook is told of its lines. */
  readonly log: Log
  readonly clock?: Clock | undefined
  readonly times?: QueueTimes | undefined
}

export interface QueueTimes {
  /** For one message. */
  readonly sendMs: number
  /** For the last ones, when the daemon stops. */
  readonly drainMs: number
}

const TIMES: QueueTimes = { sendMs: 20_000, drainMs: 3_000 }
const MAX_EVENTS = 200
const RETRIES = { firstMs: 1_000, longestMs: 5 * 60_000 }
/** A message is tried for half an hour or so. */
const MAX_ATTEMPTS = 12
const LONGEST_LATER_MS = 15 * 60_000

/** Tells one hook what it is to be told, in its own time: whoever logs only adds to a list. */
export class HookQueue implements AsyncDisposable {
  readonly #config: QueueConfig
  readonly #sender: Sender
  readonly #log: Log
  readonly #warn: ReturnType<typeof warnSeldom>
  readonly #clock: Clock
  readonly #times: QueueTimes
  readonly #bucket: TokenBucket
  readonly #backoff = new Backoff(RETRIES, { isSpread: true })
  /** The daemon stops: nothing is waited for any more. */
  readonly #hurry = new AbortController()
  /** The time for that is over. */
  readonly #over = new AbortController()
  #events: LogEvent[] = []
  #skipped = 0
  #attempts = 0
  #running: Promise<void> | undefined

  constructor(config: QueueConfig, sender: Sender, { log, clock = systemClock, times = TIMES }: QueueDeps) {
    this.#times = times
    this.#config = config
    this.#sender = sender
    this.#log = log
    const nowMs = (): number => clock.steadyUs() / 1_000
    this.#warn = warnSeldom(log, nowMs)
    this.#clock = clock
    const burst = Math.max(1, Math.floor(config.perMinute / 4))
    this.#bucket = new TokenBucket({ burst, perSecond: config.perMinute / 60 }, nowMs)
  }

  add(line: WrittenLine): void {
    if (this.#hurry.signal.aborted) return
    if (this.#events.length >= MAX_EVENTS) {
      this.#skipped++
      this.#warn('a hook of the log gets more lines than it can tell; it is told how many are left out', this.#fields())
      return
    }
    this.#events.push(toEvent(line))
    this.#begin()
  }

  #begin(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined
      if (this.#events.length > 0 && !this.#hurry.signal.aborted) this.#begin()
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#hurry.signal.aborted) return
    this.#hurry.abort()
    const timer = setTimeout(() => this.#over.abort(), this.#times.drainMs)
    await this.#running
    clearTimeout(timer)
    this.#over.abort()
    if (this.#events.length > 0)
      this.#log.warn('a hook of the log was not told of the last lines', this.#fields({ lines: this.#events.length }))
    await this.#sender.close?.()
  }

  async #run(): Promise<void> {
    // Whoever logs is done first, and lines of one moment are one message.
    await setImmediate()
    while (this.#events.length > 0 && !this.#over.signal.aborted) {
      const { signal: hurry } = this.#hurry
      while (!hurry.aborted && !this.#bucket.take()) await this.#clock.sleep(60_000 / this.#config.perMinute, hurry)
      const wasStopping = hurry.aborted
      try {
        await this.#send()
      } catch (fault) {
        // Once more when the daemon stops meanwhile; then the rest is given up.
        if (wasStopping) return
        await this.#afterFault(fault)
      }
    }
  }

  async #send(): Promise<void> {
    const { signal } = this.#over
    const { sendMs: ms } = this.#times
    const late = (): Error => new Error(`no answer within ${ms / 1000} s`)
    const skipped = this.#skipped
    // Lines that come meanwhile are for the next message.
    const events = [...this.#events]
    const count = await withTimeLimit({ ms, signal, late }, (limit) =>
      this.#sender.send(events, { skipped, signal: limit }),
    )
    this.#skipped -= skipped
    this.#done(count)
  }

  #done(count: number): void {
    this.#events.splice(0, count)
    this.#attempts = 0
    this.#backoff.reset()
  }

  async #afterFault(fault: unknown): Promise<void> {
    const reason = this.#withoutSecrets(messageOf(fault))
    if (fault instanceof Refusal || ++this.#attempts >= MAX_ATTEMPTS) {
      this.#warn('a hook of the log could not be told of a line, which is left out', this.#fields({ reason }))
      this.#skipped++
      this.#done(1)
      return
    }
    this.#warn('a hook of the log could not be told, and is tried again', this.#fields({ reason }))
    const atLeast = fault instanceof Later ? Math.min(fault.afterMs, LONGEST_LATER_MS) : 0
    await this.#clock.sleep(Math.max(this.#backoff.nextMs(), atLeast), this.#hurry.signal)
  }

  #fields(more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
    return { hook: this.#config.name, waiting: this.#events.length, ...more }
  }

  #withoutSecrets(text: string): string {
    return this.#config.secrets.reduce((shown, secret) => shown.replaceAll(secret, '(hidden)'), text)
  }
}
