import type { Entry } from './entry.js'

export interface Subscriber {
  /** False while its reader lags: the whole bus waits for it. */
  readonly hasRoom: boolean
  receive(entry: Entry): void
  /** Called when its group is closed: no more events will come. */
  orphaned(): void
}

/** If more events wait, the live streams miss the oldest; lists and other members still have them. */
const MOST_WAITING = 100_000

/**
 * Live events of one list of one group on one peer. Its streams are coupled: one that its reader neglects stops all of
 * them until it is read or closed (berty 3.7).
 */
export class Bus {
  readonly #subscribers = new Set<Subscriber>()
  #waiting: Entry[] = []
  /** Index of the first event that waits: removing from the front of a long array is slow. */
  #next = 0
  #isPaused = false

  subscribe(subscriber: Subscriber): () => void {
    this.#subscribers.add(subscriber)
    return () => {
      this.#subscribers.delete(subscriber)
      this.flow()
    }
  }

  /** False if no stream is open: then no stream will ever show the event. */
  publish(entry: Entry): boolean {
    if (this.#subscribers.size === 0) return false
    this.#waiting.push(entry)
    this.flow()
    if (this.#waiting.length > 2 * MOST_WAITING) this.#cut(Math.max(this.#next, this.#waiting.length - MOST_WAITING))
    return true
  }

  /** To be called whenever a subscriber may have room again. */
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

  /** To be called when the group is closed: its streams stay open, but get no more events even if it opens again. */
  orphan(): void {
    const orphans = [...this.#subscribers]
    this.#subscribers.clear()
    this.#cut(this.#waiting.length)
    for (const each of orphans) each.orphaned()
  }
}
