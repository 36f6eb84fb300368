/**
 * Aborts the controller when any of these signals aborts, until it is disposed of: a signal that lives long keeps nothing
 * of those that have come and gone, as `AbortSignal.any` would.
 */
export function linkAbort(controller: AbortController, ...signals: readonly AbortSignal[]): Disposable {
  const unlink = signals.map((signal) => {
    const abort = (): void => controller.abort(signal.reason)
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true })
    return () => signal.removeEventListener('abort', abort)
  })
  return {
    [Symbol.dispose]() {
      for (const one of unlink) one()
    },
  }
}

/** Who waits for a fact that is told of: each is woken once, by whoever tells or by his own signal, and then forgotten. */
export class Waiters {
  readonly #waiting = new Set<() => void>()

  get count(): number {
    return this.#waiting.size
  }

  /** Resolves at the next `wakeAll`, or when the signal aborts. */
  wait(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve()
    return new Promise((done) => {
      const wake = (): void => {
        this.#waiting.delete(wake)
        signal.removeEventListener('abort', wake)
        done()
      }
      this.#waiting.add(wake)
      signal.addEventListener('abort', wake)
    })
  }

  wakeAll(): void {
    for (const wake of [...this.#waiting]) wake()
  }
}
