import { CODE, type FrameStream, type StreamEvents } from '../../../frames/index.js'

/** Time for a client to end its request after it has its answer. */
const LINGER_MS = 1_000

/** A stream of our own frame layer, with all who wait for something of it. */
export class WatchedStream implements StreamEvents {
  readonly stream: FrameStream
  #closeListener: (() => void) | undefined
  #newsListeners: readonly (() => void)[] = NONE
  #roomListeners: readonly (() => void)[] = NONE
  #isClosed = false

  constructor(stream: FrameStream) {
    this.stream = stream
    stream.events = this
  }

  onNews(): void {
    for (const listener of this.#newsListeners) listener()
  }

  onRoom(): void {
    const listeners = this.#roomListeners
    this.#roomListeners = NONE
    for (const listener of listeners) listener()
  }

  onClose(): void {
    this.#isClosed = true
    this.#closeListener?.()
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
    if (this.#isClosed) return listener()
    const others = this.#closeListener
    this.#closeListener = others ? () => (others(), listener()) : listener
  }

  /** Calls `listener` whenever there may be something to read; what is returned stops that. */
  whenNews(listener: () => void): () => void {
    // Lists are made anew, as a listener may end its listening when it is called; mostly there is one.
    this.#newsListeners = this.#newsListeners === NONE ? [listener] : [...this.#newsListeners, listener]
    return () => {
      const others = this.#newsListeners.filter((each) => each !== listener)
      this.#newsListeners = others.length === 0 ? NONE : others
    }
  }

  whenRoom(): Promise<void> {
    if (this.isGone || !this.stream.isFull) return Promise.resolve()
    return new Promise((done) => (this.#roomListeners = [...this.#roomListeners, done]))
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

const NONE: readonly never[] = []
