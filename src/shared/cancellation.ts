import { Line } from './line.js'

/**
 * That something is over, and why, for all who work on it. An AbortSignal says the same, but costs ten times as much to
 * make and to listen to: it is made only for whoever asks for one.
 */
export class Cancellation {
  #reason: Error | undefined
  #listeners: Line<OnAbort> | undefined
  #controller: AbortController | undefined

  get aborted(): boolean {
    return this.#reason !== undefined
  }

  /** Why; undefined while it goes on. */
  get reason(): Error | undefined {
    return this.#reason
  }

  throwIfAborted(): void {
    if (this.#reason) throw this.#reason
  }

  /** Calls `listener` once it is over, at once if it is already; what is returned ends the listening. */
  onAbort(listener: OnAbort): () => void {
    if (this.#reason) {
      listener(this.#reason)
      return () => undefined
    }
    const listeners = (this.#listeners ??= new Line())
    const place = listeners.join(listener)
    return () => listeners.leave(place)
  }

  /** For libraries that want one. */
  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController()
      if (this.#reason) this.#controller.abort(this.#reason)
    }
    return this.#controller.signal
  }

  /** The first reason counts. */
  abort(reason: Error): void {
    if (this.#reason) return
    this.#reason = reason
    const listeners = this.#listeners
    this.#listeners = undefined
    for (let listener = listeners?.takeOldest(); listener; listener = listeners?.takeOldest()) listener(reason)
    this.#controller?.abort(reason)
  }
}

type OnAbort = (reason: Error) => void

/** A cancellation as those see it who only hear of it. */
export type Cancelled = Omit<Cancellation, 'abort'>

/** The outcome of `step`, or the reason why it is waited for no longer, whichever is first. */
export function unlessAborted<T>(step: Promise<T>, cancelled: Cancelled): Promise<T> {
  return new Promise((done, fail) => {
    const stop = cancelled.onAbort(fail)
    void step.then(done, fail).finally(stop)
  })
}
