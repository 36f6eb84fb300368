import { OpenStreams } from './open-streams.js'
import type { FrameStream } from './stream.js'

/** How many streams that were reset from here are remembered: what is still under way to them is no fault. */
const REMEMBERED = 1_000

/** The streams of a connection: those that are open, and what has become of the others. */
export class Streams implements Iterable<FrameStream> {
  readonly #open = new OpenStreams()
  readonly #reset = new Set<number>()
  /** The newest one that the peer has opened. */
  lastRemote = 0
  /** The newest one that was opened from here. */
  lastLocal = 0

  get count(): number {
    return this.#open.count
  }

  get(id: number): FrameStream | undefined {
    return this.#open.get(id)
  }

  add(stream: FrameStream): void {
    this.#open.add(stream)
  }

  remove(id: number, isReset: boolean): void {
    this.#open.remove(id)
    if (isReset) this.rememberReset(id)
  }

  rememberReset(id: number): void {
    this.#reset.add(id)
    if (this.#reset.size <= REMEMBERED) return
    for (const oldest of this.#reset) return void this.#reset.delete(oldest)
  }

  wasReset(id: number): boolean {
    return this.#reset.has(id)
  }

  /** Whether the number was not used yet, by whichever side it belongs to. */
  isIdle(id: number, isRemote: boolean): boolean {
    return id > (isRemote ? this.lastRemote : this.lastLocal)
  }

  [Symbol.iterator](): Iterator<FrameStream> {
    // A copy: whoever looks at them may end them.
    return [...this.#open][Symbol.iterator]()
  }
}
