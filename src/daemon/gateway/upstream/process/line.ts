import type { Cancelled } from '../../../../shared/cancellation.js'
import { SnetError } from '../../../../shared/errors.js'

export interface LineLimits {
  readonly places: number
  readonly waiting: number
}

/** Places for what takes up a process; calls that find none wait in line, as many as may. */
export class Line {
  readonly #limits: LineLimits
  readonly #waiting = new Set<() => void>()
  #taken = 0

  constructor(limits: LineLimits) {
    this.#limits = limits
  }

  /** Resolves with what gives the place back. Errors: `rate-limited` when the line is full; why the call is over. */
  async enter(cancelled: Cancelled): Promise<() => void> {
    cancelled.throwIfAborted()
    if (this.#taken < this.#limits.places) this.#taken++
    else await this.#wait(cancelled)
    let isBack = false
    return () => {
      if (isBack) return
      isBack = true
      this.#giveBack()
    }
  }

  #wait(cancelled: Cancelled): Promise<void> {
    const { places, waiting } = this.#limits
    if (this.#waiting.size >= waiting) {
      throw new SnetError(
        'rate-limited',
        `${places} processes serve calls, and ${waiting} calls wait for one already`,
        {
          hint: 'Try again later; max_processes and max_waiting_for_process of the daemon set the limits.',
        },
      )
    }
    return new Promise((done, fail) => {
      const stop = cancelled.onAbort((reason) => {
        this.#waiting.delete(begin)
        fail(reason)
      })
      const begin = (): void => {
        stop()
        done()
      }
      this.#waiting.add(begin)
    })
  }

  /** The place goes to whoever has waited longest. */
  #giveBack(): void {
    const [next] = this.#waiting
    if (!next) {
      this.#taken--
      return
    }
    this.#waiting.delete(next)
    next()
  }
}
