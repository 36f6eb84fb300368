/**
 * Calls `act` when the signal aborts, at once if it has already; disposing of what is returned ends the listening. Where
 * there is no signal, nothing is listened to.
 */
export function onAbort(signal: AbortSignal | undefined, act: () => void): Disposable {
  // A listener of its own for each call, so that ending one ends no other.
  const listener = (): void => act()
  if (signal?.aborted) listener()
  else signal?.addEventListener('abort', listener, { once: true })
  return { [Symbol.dispose]: () => signal?.removeEventListener('abort', listener) }
}

/**
 * Aborts the controller when any of these signals aborts, until it is disposed of: a signal that lives long keeps nothing
 * of those that have come and gone, as `AbortSignal.any` would.
 */
export function linkAbort(controller: AbortController, ...signals: readonly AbortSignal[]): Disposable {
  const links = signals.map((signal) => onAbort(signal, () => controller.abort(signal.reason)))
  return {
    [Symbol.dispose]() {
      for (const link of links) link[Symbol.dispose]()
    },
  }
}

/** Resolves when the signal aborts; the process stays alive until then. */
export const whenAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((done) => {
    // A pending promise alone keeps no process alive.
    const timer = setInterval(() => undefined, 2 ** 30)
    onAbort(signal, () => {
      clearInterval(timer)
      done()
    })
  })

/** A list of those who wait for a fact. Each is woken once, by `wakeAll` or by its own signal, and then forgotten. */
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
        listening[Symbol.dispose]()
        done()
      }
      this.#waiting.add(wake)
      const listening = onAbort(signal, wake)
    })
  }

  wakeAll(): void {
    for (const wake of [...this.#waiting]) wake()
  }
}
