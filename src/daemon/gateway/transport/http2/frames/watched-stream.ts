import { CODE, type FrameStream, type StreamEvents } from '../../../frames/index.js'

/** Time for a client to end its request after it has its answer. */
const LINGER_MS = 1_000

/** A stream of our own frame layer, with all who wait for something of it. */
export class WatchedStream implements StreamEvents {
  readonly stream: FrameStream
  readonly #closeListeners: (() => void)[] = []
  readonly #newsListeners: (() => void)[] = []
  #roomListeners: (() => void)[] = []
  #isClosed = false

  constructor(stream: FrameStream) {
    this.stream = stream
    stream.events = this
  }

  onNews(): void {
    // From the last one, as each may end its listening.
    for (let at = this.#newsListeners.length - 1; at >= 0; at--) this.#newsListeners[at]?.()
  }

  onRoom(): void {
    const listeners = this.#roomListeners
    this.#roomListeners = []
    for (const listener of listeners) listener()
  }

  onClose(): void {
    this.#isClosed = true
    for (const listener of this.#closeListeners.splice(0)) listener()
    this.onRoom()
  }

  get isGone(): boolean {
    return this.#isClosed || this.stream.isClosed
  }

  cutOff(isTooMuch = false): void {
    this.stream.reset(isTooMuch ? CODE.ENHANCE_YOUR_CALM : CODE.CANCEL)
  }

  /** Also a good end is told, once the client has all. */
  whenClosed(listener: () => void): void {
    if (this.#isClosed) listener()
    else this.#closeListeners.push(listener)
  }

  /** Calls `listener` whenever there may be something to read; what is returned stops that. */
  whenNews(listener: () => void): () => void {
    const listeners = this.#newsListeners
    listeners.push(listener)
    return () => {
      const at = listeners.indexOf(listener)
      if (at >= 0) listeners.splice(at, 1)
    }
  }

  whenRoom(): Promise<void> {
    if (this.isGone || !this.stream.isFull) return Promise.resolve()
    return new Promise((done) => this.#roomListeners.push(done))
  }

  /**
   * Throws away what a client still sends after its answer; one that goes on for long is told to stop, without an error,
   * since the answer is complete (RFC 9113 8.1).
   */
  onAllSent(): void {
    this.stream.discard()
    if (this.isGone) return
    const timer = setTimeout(() => this.stream.reset(CODE.NO_ERROR), LINGER_MS)
    this.whenClosed(() => clearTimeout(timer))
  }
}
