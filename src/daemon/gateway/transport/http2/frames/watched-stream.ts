import type { FrameStream } from '../../../frames/index.js'
import { CODE } from '../../../frames/index.js'

/** Time for a client to end its request after it has its answer. */
const LINGER_MS = 1_000

/** A stream of our own frame layer, with all who wait for something of it. */
export class WatchedStream {
  readonly stream: FrameStream
  readonly #onClose: (() => void)[] = []
  readonly #onNews = new Set<() => void>()
  readonly #onRoom: (() => void)[] = []
  #isClosed = false

  constructor(stream: FrameStream) {
    this.stream = stream
    stream.events = {
      onNews: () => {
        for (const listener of this.#onNews) listener()
      },
      onRoom: () => this.#tellRoom(),
      onAllSent: () => this.#expectEnd(),
      onClose: () => {
        this.#isClosed = true
        for (const listener of this.#onClose.splice(0)) listener()
        this.#tellRoom()
      },
    }
  }

  get isGone(): boolean {
    return this.#isClosed || this.stream.isClosed
  }

  cutOff(isTooMuch = false): void {
    this.stream.reset(isTooMuch ? CODE.ENHANCE_YOUR_CALM : CODE.CANCEL)
  }

  /** Also a good end is told, once the client has all. */
  onClose(listener: () => void): void {
    if (this.#isClosed) listener()
    else this.#onClose.push(listener)
  }

  onNews(listener: () => void): () => void {
    this.#onNews.add(listener)
    return () => this.#onNews.delete(listener)
  }

  whenRoom(): Promise<void> {
    if (this.isGone || !this.stream.isFull) return Promise.resolve()
    return new Promise((done) => this.#onRoom.push(done))
  }

  /**
   * Throws away what a client still sends after its answer; one that goes on for long is told to stop, without an error,
   * since the answer is complete (RFC 9113 8.1).
   */
  #expectEnd(): void {
    this.stream.discard()
    if (this.isGone) return
    const timer = setTimeout(() => this.stream.reset(CODE.NO_ERROR), LINGER_MS)
    this.onClose(() => clearTimeout(timer))
  }

  #tellRoom(): void {
    for (const listener of this.#onRoom.splice(0)) listener()
  }
}
