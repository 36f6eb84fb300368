import { CODE, ConnectionFault, type FrameLimit } from './wire.js'

export interface BudgetLimits {
  /** What may come at once. */
  readonly burst: number
  /** What may come in each second on top. */
  readonly perSecond: number
}

/** How much of something a peer may do that costs it little and us more; who goes on is cut off. */
export class Budget {
  readonly #limits: BudgetLimits
  readonly #limit: FrameLimit
  readonly #what: string
  #left: number
  #since = performance.now()

  constructor(limit: FrameLimit, what: string, limits: BudgetLimits) {
    this.#limit = limit
    this.#what = what
    this.#limits = limits
    this.#left = limits.burst
  }

  /** Fault: ConnectionFault. */
  spend(): void {
    if (this.#left < 1) this.#refill()
    this.#left -= 1
    if (this.#left < 0) throw new ConnectionFault(CODE.ENHANCE_YOUR_CALM, `too many ${this.#what}`, this.#limit)
  }

  #refill(): void {
    const now = performance.now()
    this.#left = Math.min(this.#limits.burst, this.#left + ((now - this.#since) / 1000) * this.#limits.perSecond)
    this.#since = now
  }
}
