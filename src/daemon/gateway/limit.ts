import { SnetError } from '../../shared/errors.js'
import type { Call, Filter } from './call.js'
import { TrackedSet } from './tracked-set.js'

/** The calls being served, bounded; once closed, no more are taken and the last one to leave is waited for. */
export class CallLimit {
  readonly #max: number
  readonly #serving = new TrackedSet<Call>()
  #closed: SnetError | undefined

  constructor(max: number) {
    this.#max = max
  }

  get inFlight(): number {
    return this.#serving.size
  }

  enter(call: Call): void {
    if (this.#closed) throw this.#closed
    if (this.#serving.size >= this.#max) {
      throw new SnetError('rate-limited', `the daemon serves ${this.#max} calls already`, { hint: 'Try again later.' })
    }
    this.#serving.add(call)
  }

  leave(call: Call): void {
    this.#serving.delete(call)
  }

  close(): void {
    this.#closed ??= new SnetError('unavailable', 'the daemon is stopping', {
      hint: 'Try another replica, or again later.',
    })
  }

  /** Resolves when no call is left. */
  empty(): Promise<void> {
    return this.#serving.empty()
  }

  /** Ends what is still served; returns how many calls that were. */
  cut(): number {
    const reason = new SnetError('unavailable', 'the daemon stopped before the call had ended', {
      hint: 'The payment was not kept; the same signed amount works again.',
    })
    for (const call of this.#serving) call.abort(reason)
    return this.#serving.size
  }
}

export const limit =
  (calls: CallLimit): Filter =>
  async (call, next) => {
    calls.enter(call)
    try {
      await next()
    } finally {
      calls.leave(call)
    }
  }
