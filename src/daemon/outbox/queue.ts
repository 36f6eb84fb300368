import { pause } from '../../shared/clock.js'
import { messageOf } from '../../shared/errors.js'
import { type Log, warnSeldom } from '../observability/index.js'
import type { Letter, Letters } from './letters.js'

export interface QueueConfig {
  /** What it is called in the log. */
  readonly name: string
  readonly maxLetters: number
}

export interface QueueDeps {
  readonly letters: Letters
  readonly log: Log
  readonly now?: () => number
}

/** Far more than any report takes, each of whose texts is cut. */
const MAX_LETTER_BYTES = 16 * 1024
/** So many are written at a time. */
const MAX_WRITTEN = 1_024
/** How long a disk that takes nothing is left alone. */
const RETRY_MS = 1_000
/** How often it is told at most that some were dropped. */
const TELL_MS = 60_000

/**
 * What waits to be sent. Adding is an addition to a list; writing goes on behind, one transaction at a time, with all
 * that has come meanwhile. Of what is more than the bound the oldest is dropped, and counted.
 */
export class Queue implements AsyncDisposable {
  readonly #config: QueueConfig
  readonly #letters: Letters
  readonly #log: Log
  readonly #warn: ReturnType<typeof warnSeldom>
  readonly #now: () => number
  readonly #closing = new AbortController()
  /** What is kept and was not sent, oldest first. */
  readonly #kept: Set<number>
  #fresh: Letter[] = []
  /** Being written. */
  #underWay = 0
  #removed: number[] = []
  #next: number
  #dropped = 0
  #untold = 0
  #toldAt = -Infinity
  #writing: Promise<void> | undefined
  #onNews: () => void = () => undefined

  constructor(config: QueueConfig, { letters, log, now = () => performance.now() }: QueueDeps) {
    this.#config = config
    this.#letters = letters
    this.#log = log
    this.#warn = warnSeldom(log, now)
    this.#now = now
    this.#kept = new Set(letters.numbers())
    this.#next = Math.max(0, ...[...this.#kept].slice(-1)) + 1
    this.#holdBound()
    if (this.#removed.length > 0) this.#write()
  }

  get waiting(): number {
    return this.#kept.size + this.#underWay + this.#fresh.length
  }

  /** Since the start. */
  get dropped(): number {
    return this.#dropped
  }

  /** From here on what matters less is not taken any more. */
  get isHalfFull(): boolean {
    return this.waiting >= this.#config.maxLetters / 2
  }

  /** Costs its caller nothing that lasts, and never fails. */
  add(text: string): void {
    if (this.#closing.signal.aborted || Buffer.byteLength(text) > MAX_LETTER_BYTES) return this.drop()
    this.#fresh.push({ number: this.#next++, text })
    this.#holdBound()
    this.#write()
  }

  /** Counts one that is not taken. */
  drop(): void {
    this.#dropped++
    this.#untold++
  }

  /** The oldest of what is durable, and with `newest` the newest as well. */
  head(count: number, { newest = false } = {}): Letter[] {
    const numbers: number[] = []
    for (const number of this.#kept) if (numbers.push(number) === count) break
    const last = newest ? lastOf(this.#kept) : undefined
    if (last !== undefined && !numbers.includes(last)) numbers.push(last)
    return numbers.flatMap((number) => {
      const text = this.#letters.read(number)
      if (text !== undefined) return [{ number, text }]
      this.#kept.delete(number)
      return []
    })
  }

  remove(numbers: readonly number[]): void {
    for (const number of numbers) if (this.#kept.delete(number)) this.#removed.push(number)
    this.#write()
  }

  /** Calls `listener` when more became durable. */
  onNews(listener: () => void): void {
    this.#onNews = listener
  }

  /** Resolves when nothing waits to be written. */
  async written(): Promise<void> {
    while (this.#writing) await this.#writing
  }

  /** What is being written is dropped when it is kept, if then there is more. */
  #holdBound(): void {
    const isTooMuch = (): boolean => this.#kept.size + this.#fresh.length > this.#config.maxLetters
    for (const oldest of this.#kept) {
      if (!isTooMuch()) break
      this.#kept.delete(oldest)
      this.#removed.push(oldest)
      this.drop()
    }
    while (isTooMuch() && this.#fresh.shift()) this.drop()
  }

  get #isUnwritten(): boolean {
    return this.#fresh.length > 0 || this.#removed.length > 0
  }

  #write(): void {
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined
      // It came after the last look.
      if (this.#isUnwritten && !this.#closing.signal.aborted) this.#write()
    })
  }

  async #writeAll(): Promise<void> {
    // What comes in the same turn is written with it.
    await Promise.resolve()
    while (this.#isUnwritten) {
      const [add, remove] = [this.#fresh.splice(0, MAX_WRITTEN), this.#removed.splice(0, MAX_WRITTEN)]
      this.#underWay = add.length
      try {
        await this.#letters.write({ add, remove })
        this.#underWay = 0
        for (const { number } of add) this.#kept.add(number)
        this.#holdBound()
        this.#tellDropped()
        if (add.length > 0) this.#onNews()
      } catch (fault) {
        this.#underWay = 0
        this.#fresh = [...add, ...this.#fresh]
        this.#removed = [...remove, ...this.#removed]
        this.#holdBound()
        this.#tellTrouble(fault)
        if (this.#closing.signal.aborted) return
        await pause(RETRY_MS, this.#closing.signal)
      }
    }
  }

  #tellDropped(): void {
    if (this.#untold === 0 || this.#now() - this.#toldAt < TELL_MS) return
    this.#toldAt = this.#now()
    const { name, maxLetters } = this.#config
    this.#log.warn(`${name}: more waits than is kept, and the oldest is dropped`, {
      dropped: this.#untold,
      kept: maxLetters,
    })
    this.#untold = 0
  }

  #tellTrouble(fault: unknown): void {
    const waiting = this.#fresh.length
    const what = this.#closing.signal.aborted ? 'is lost with this stop' : 'is in memory only'
    if (waiting > 0)
      this.#warn(`${this.#config.name}: what waits cannot be written, and ${what}`, {
        waiting,
        reason: messageOf(fault),
      })
  }

  /** Writes what is left, if the disk takes it. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    await this.written()
    if (this.#isUnwritten) {
      this.#write()
      await this.written()
    }
    this.#toldAt = -Infinity
    this.#tellDropped()
  }
}

function lastOf(numbers: ReadonlySet<number>): number | undefined {
  let last: number | undefined
  for (const number of numbers) last = number
  return last
}
