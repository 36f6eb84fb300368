import type { Entry } from './entry.js'

export interface Subscriber {
  /** False while its reader lags: the whole bus waits for it. */
  readonly hasRoom: boolean
  receive(entry: Entry): void
  /** Its group was closed: nothing will come any more. */
  orphaned(): void
}

/** Beyond this the oldest events are dropped for the live streams; lists and other members still have them. */
const MOST_WAITING = 100_000

/**
 * Live events of one list of one group on one peer. Its streams are coupled: one that nobody reads stops all of them
 * until it is read or closed (berty 3.7).
 */
export class Bus {
  readonly #subscribers = new Set<Subscriber>()
  #waiting: Entry[] = []
  /** Where the waiting ones begin: taking from the front of a long array is slow. */
  #next = 0
  #isPaused = false

  subscribe(subscriber: Subscriber): () => void {
    this.#subscribers.add(subscriber)
    return () => {
      this.#subscribers.delete(subscriber)
      this.flow()
    }
  }

  publish(entry: Entry): void {
    if (this.#subscribers.size === 0) return
    this.#waiting.push(entry)
    this.flow()
    if (this.#waiting.length > 2 * MOST_WAITING) this.#cut(Math.max(this.#next, this.#waiting.length - MOST_WAITING))
  }

  /** To be called whenever a subscriber may have got room. */
  flow(): void {
    if (this.#isPaused) return
    if (this.#subscribers.size === 0) this.#cut(this.#waiting.length)
    while (this.#next < this.#waiting.length && this.#hasRoom()) {
      const entry = this.#waiting[this.#next++] as Entry
      for (const each of this.#subscribers) each.receive(entry)
    }
    if (this.#next === this.#waiting.length || this.#next > MOST_WAITING) this.#cut(this.#next)
  }

  #cut(count: number): void {
    if (count === 0) return
    this.#waiting = count < this.#waiting.length ? this.#waiting.slice(count) : []
    this.#next = 0
  }

  #hasRoom(): boolean {
    for (const each of this.#subscribers) if (!each.hasRoom) return false
    return true
  }

  pause(): void {
    this.#isPaused = true
  }

  resume(): void {
    this.#isPaused = false
    this.flow()
  }

  /** The group is closed: streams stay open and never hear of it again, even when it opens anew. */
  orphan(): void {
    const orphans = [...this.#subscribers]
    this.#subscribers.clear()
    this.#cut(this.#waiting.length)
    for (const each of orphans) each.orphaned()
  }
}
