import type { RateLimit, Tokens } from '../../shared/tokens.js'
import type { Processes, RecordTable } from '../payments/ports.js'
import { type Bucket, type BucketRules, type Mover, refill, takeShare } from './bucket.js'
import type { Clocks } from './clocks.js'

export interface SharedTokensDeps {
  readonly table: Pick<RecordTable<Bucket>, 'change'>
  readonly processes: Processes
  readonly clocks: Clocks
  /** There is something to give back, sooner or later. */
  readonly onUse: (tokens: SharedTokens) => void
}

/** So long a share lasts at the full rate: what calls of one replica take of the store at once. */
const SHARE_MS = 1_000
/** No share is larger than this part of the burst. */
const PART_OF_BURST = 0.1
/** A replica without calls keeps its share for so long. */
const IDLE_MS = 5_000

/** One replica's tokens of one limit: taken from the group's in shares, so that few calls wait for the store. */
export class SharedTokens implements Tokens {
  readonly key: string
  readonly #deps: SharedTokensDeps
  readonly #rules: BucketRules
  readonly #share: number
  /** Taken from the group's and not used. */
  #left = 0
  /** Whose they are: a process that has lost its right to the store has lost its share. */
  #holder = ''
  #waiting = 0
  #moving: Promise<void> | undefined
  #spentUntil = 0
  #usedAt: number
  #isOver = false

  constructor(key: string, { perMinute, burst }: RateLimit, deps: SharedTokensDeps) {
    this.key = key
    this.#deps = deps
    this.#rules = { burst, perMs: perMinute / 60_000 }
    this.#share = Math.max(1, Math.min(Math.ceil(this.#rules.perMs * SHARE_MS), Math.floor(burst * PART_OF_BURST)))
    this.#usedAt = deps.clocks.now()
  }

  has(): boolean {
    return this.#mine() >= 1
  }

  take(): boolean {
    if (!this.has()) return false
    this.#left -= 1
    this.#usedAt = this.#deps.clocks.now()
    // What is left lasts until there is more.
    if (this.#left <= this.#share / 2 && !this.#moving && this.waitMs() === 0) void this.#ask().catch(() => undefined)
    return true
  }

  waitMs(): number {
    return Math.max(0, this.#spentUntil - this.#deps.clocks.now())
  }

  isSpare(): boolean {
    return this.#left === 0 && !this.#moving && this.#waiting === 0 && this.waitMs() === 0
  }

  async fetch(): Promise<void> {
    this.#waiting++
    try {
      while (!this.has() && this.waitMs() === 0) await (this.#moving ?? this.#ask())
    } finally {
      this.#waiting--
    }
  }

  /** Others count under its key from now on. */
  discard(): void {
    this.#isOver = true
    this.#left = 0
  }

  /** Gives the share back once it is of no use here; true when there is nothing more to do. */
  async settle(idleMs = IDLE_MS): Promise<boolean> {
    if (this.#isOver) return true
    const idleFor = this.#deps.clocks.now() - this.#usedAt
    if (idleFor < idleMs || this.#moving || this.#waiting > 0) return false
    if (this.#mine() > 0) {
      await this.#giveBack()
      return false
    }
    if (idleFor < this.#rules.burst / this.#rules.perMs) return false
    // A bucket that is full is as none.
    await this.#deps.table.change(this.key, (now) => {
      const { tokens, ...rest } = refill(now, this.#rules, this.#mover(0))
      const isFull = tokens >= this.#rules.burst
      return { value: isFull ? undefined : { tokens, ...rest }, result: undefined }
    })
    return true
  }

  #mine(): number {
    if (this.#left === 0) return 0
    const { name, lost } = this.#deps.processes.self
    if (this.#holder !== name || lost.aborted) this.#left = 0
    return this.#left
  }

  #ask(): Promise<void> {
    this.#deps.onUse(this)
    this.#moving = this.#takeShare().finally(() => (this.#moving = undefined))
    return this.#moving
  }

  async #takeShare(): Promise<void> {
    const { table, processes, clocks } = this.#deps
    const holder = processes.self.name
    const { taken, wanted, wait } = await table.change(this.key, (bucket) => {
      const by = this.#mover(this.#mine())
      const wanted = Math.max(1, this.#share + this.#waiting - Math.floor(by.left))
      const full = refill(bucket, this.#rules, by)
      const { next, taken } = takeShare(full, wanted, by)
      return { value: next, result: { taken, wanted, wait: (1 - next.tokens) / this.#rules.perMs } }
    })
    // A process that was given up meanwhile has taken nothing.
    if (holder !== processes.self.name || this.#isOver) return
    this.#left = this.#mine() + taken
    this.#holder = holder
    if (taken < wanted) this.#spentUntil = clocks.now() + Math.max(1, wait)
  }

  #giveBack(): Promise<void> {
    const back = this.#left
    this.#left = 0
    const giving = this.#deps.table.change(this.key, (bucket) => {
      const full = refill(bucket, this.#rules, this.#mover(0))
      return { value: { ...full, tokens: Math.min(this.#rules.burst, full.tokens + back) }, result: undefined }
    })
    this.#moving = giving.finally(() => (this.#moving = undefined))
    return this.#moving
  }

  #mover(left: number): Mover {
    const { processes, clocks } = this.#deps
    const { name } = processes.self
    const since = (bucket: Bucket): number => clocks.since(bucket, name)
    return { name, left, now: clocks.now(), since, isGone: (other) => processes.isGone(other) }
  }
}
