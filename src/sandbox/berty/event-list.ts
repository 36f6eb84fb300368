import type { Entry } from './entry.js'
import { bertyError } from './errors.js'

export interface Cut {
  readonly since?: Uint8Array | undefined
  readonly until?: Uint8Array | undefined
  readonly isReversed: boolean
}

const INVALID_RANGE = 101

/**
 * The events of one list at one peer. It begins with those that came since the process started, the newest first; those of
 * former processes follow, the oldest first (berty 3.2).
 */
export class EventList {
  #loaded: Entry[] = []
  #live: Entry[] = []

  /** @param most how many are kept; the oldest are forgotten first */
  constructor(private readonly most: number) {}

  get length(): number {
    return this.#loaded.length + this.#live.length
  }

  add(entry: Entry): void {
    this.#live.push(entry)
    // Trimming only now and then keeps adding cheap.
    if (this.length > this.most + Math.max(64, this.most >> 2)) this.#trim()
  }

  #trim(): void {
    const excess = this.length - this.most
    const ofLoaded = Math.min(excess, this.#loaded.length)
    this.#loaded = this.#loaded.slice(ofLoaded)
    this.#live = this.#live.slice(excess - ofLoaded)
  }

  /** Acts as after a restart of the process. */
  reload(): void {
    this.#loaded = [...this.#loaded, ...this.#live].sort((one, other) => one.sentAt - other.sentAt)
    this.#live = []
  }

  list(): Entry[] {
    return [...this.#live.toReversed(), ...this.#loaded]
  }

  /** The last `count` events, in the order in which they came. */
  newest(count: number): Entry[] {
    return count > 0 ? this.#live.slice(-count) : []
  }

  /** Bounds are positions in the list, and are included: an event listed after `since` is older. */
  cut({ since, until, isReversed }: Cut): Entry[] {
    const all = this.list()
    const first = since ? positionOf(since, all) : 0
    const last = until ? positionOf(until, all) : all.length - 1
    if (since && until && first > last) throw bertyError([INVALID_RANGE], 'since is after until')
    const kept = all.slice(first, last + 1)
    return isReversed ? kept.reverse() : kept
  }

  find(id: Uint8Array): Entry | undefined {
    return [...this.#live, ...this.#loaded].find((entry) => entry.id.equals(id))
  }
}

function positionOf(id: Uint8Array, entries: readonly Entry[]): number {
  const at = entries.findIndex((entry) => entry.id.equals(id))
  if (at < 0) throw bertyError([INVALID_RANGE], 'no such event')
  return at
}
