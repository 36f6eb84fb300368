import { Waiters } from '../../shared/abort.js'
import type { Cancelled } from '../../shared/cancellation.js'

/** Those who wait for what is taken, by its key, in the order in which they came. */
export class WaitersByKey<Key> {
  readonly #waiting = new Map<Key, Waiters>()

  /** Resolves when the key may be free, when the time is over, or when nobody waits any more. */
  async wait(key: Key, ms: number, cancelled?: Cancelled): Promise<void> {
    const waiting = this.#waiting.get(key) ?? new Waiters()
    this.#waiting.set(key, waiting)
    const over = new AbortController()
    const timer = setTimeout(() => over.abort(), ms)
    const stop = cancelled?.onAbort(() => over.abort())
    await waiting.wait(over.signal)
    clearTimeout(timer)
    stop?.()
    if (waiting.count === 0 && this.#waiting.get(key) === waiting) this.#waiting.delete(key)
  }

  wake(key: Key): void {
    this.#waiting.get(key)?.wakeAll()
  }

  wakeAll(): void {
    for (const key of [...this.#waiting.keys()]) this.wake(key)
  }
}
