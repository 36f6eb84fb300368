import { onAbort } from '../../shared/abort.js'

/** The timers of one owner. Disposing it stops all that still run. */
export class Timers implements Disposable {
  readonly #running = new Set<NodeJS.Timeout>()
  #isDisposed = false

  /** Rounds to whole milliseconds, so that many timers share a few lists inside node. */
  after(ms: number, act: () => void): void {
    if (this.#isDisposed) return
    const timer = setTimeout(
      () => {
        this.#running.delete(timer)
        act()
      },
      Math.max(0, Math.round(ms)),
    )
    this.#running.add(timer)
  }

  /** Resolves after the time, when the signal aborts, or at once if this is disposed already. */
  pause(ms: number, signal?: AbortSignal): Promise<void> {
    if (this.#isDisposed || signal?.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const finish = (): void => {
        listening[Symbol.dispose]()
        resolve()
      }
      const listening = onAbort(signal, finish)
      this.after(ms, finish)
    })
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true
    for (const timer of this.#running) clearTimeout(timer)
    this.#running.clear()
  }
}
