import { BoundedMap } from '../../shared/bounded-map.js'

/** So many processes are known, those that have ended too: what they wrote last stays. */
const MOST = 64

/**
 * How long ago others wrote something, by their own clocks, of which none is set and all go as fast: what was read by now
 * was written before. Never more than what has passed; as little less as the quickest news of them took.
 */
export class Clocks {
  readonly now: () => number
  /** How far the clock of a process is ahead of ours, at least. */
  readonly #ahead = new BoundedMap<string, number>(MOST)

  /** @param now milliseconds of a clock that never goes back */
  constructor(now: () => number) {
    this.now = now
  }

  /** That process wrote at this time of its clock, and we have read it. */
  observe(name: string, at: number): void {
    const ahead = at - this.now()
    this.#ahead.set(name, Math.max(ahead, this.#ahead.get(name) ?? ahead))
  }

  /** Milliseconds that have passed, at least, since that process wrote what is read now. */
  since({ by, at }: { readonly by: string; readonly at: number }, self: string): number {
    if (by === self) return this.now() - at
    this.observe(by, at)
    return this.now() + (this.#ahead.get(by) as number) - at
  }
}
