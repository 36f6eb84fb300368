import { pause } from './clock.js'

/** Takes a turn now and then, and at once when it is woken; never two at a time. */
export class Poller implements AsyncDisposable {
  readonly #waitMs: () => number
  readonly #turn: () => Promise<unknown>
  readonly #done: Promise<void>
  #sleep = new AbortController()
  #isClosed = false

  /**
   * @param waitMs asked before each wait
   * @param turn what it fails with is its own affair: the next turn comes all the same
   */
  constructor(waitMs: () => number, turn: () => Promise<unknown>) {
    this.#waitMs = waitMs
    this.#turn = turn
    this.#done = this.#run()
  }

  /** However often this is called, one turn begins after the last call. */
  wake(): void {
    this.#sleep.abort()
  }

  async #run(): Promise<void> {
    while (!this.#isClosed) {
      await pause(this.#waitMs(), this.#sleep.signal)
      if (this.#isClosed) return
      this.#sleep = new AbortController()
      await this.#turn().catch(() => undefined)
    }
  }

  /** Resolves when the turn under way has ended. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true
    this.wake()
    await this.#done
  }
}
