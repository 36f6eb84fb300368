import { onAbort } from '../../shared/abort.js'

/** Timers of one owner: disposing it stops all that are still running. */
export class Timers implements Disposable {
  readonly #running = new Set<NodeJS.Timeout>()
  #isDisposed = false

  /** Whole milliseconds, so that many timers share few lists inside node. */
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

  /** Resolves after the time, or at once when the owner is disposed. */
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
