import { Cancellation } from '../../../shared/cancellation.js'
import { rightLost } from './faults.js'

/**
 * This process's right to the store: as long as etcd cannot have ended its lease. Whoever asks is answered by the clock
 * and not by a timer, because a process that was stopped wakes with its timers late.
 */
export class Right extends Cancellation {
  readonly lease: string
  #until: number
  #timer: NodeJS.Timeout | undefined

  /** @param until in time of `performance.now()` */
  constructor(lease: string, until: number) {
    super()
    this.lease = lease
    this.#until = until
    this.#watch()
  }

  /** Milliseconds for which it is certain. */
  get leftMs(): number {
    return Math.max(0, this.#until - performance.now())
  }

  /** etcd has answered that the lease lives on; a right that was lost does not come back. */
  extend(until: number): void {
    this.#check()
    this.#until = Math.max(this.#until, until)
  }

  override get aborted(): boolean {
    this.#check()
    return super.aborted
  }

  override get reason(): Error | undefined {
    this.#check()
    return super.reason
  }

  override throwIfAborted(): void {
    this.#check()
    super.throwIfAborted()
  }

  override abort(reason: Error): void {
    clearTimeout(this.#timer)
    super.abort(reason)
  }

  #check(): void {
    if (performance.now() >= this.#until) this.abort(rightLost('etcd did not answer in time'))
  }

  #watch(): void {
    this.#timer = setTimeout(() => {
      if (!this.aborted) this.#watch()
    }, this.leftMs + 1).unref()
  }
}

/** What is lost with the right of its process, or alone. */
export class Loss extends Cancellation {
  readonly #right: Right
  readonly #forget: () => void

  constructor(right: Right) {
    super()
    this.#right = right
    this.#forget = right.onAbort((reason) => this.abort(reason))
  }

  /** It can no longer be lost. */
  settle(): void {
    this.#forget()
  }

  override get aborted(): boolean {
    return this.#right.aborted || super.aborted
  }

  override get reason(): Error | undefined {
    return this.aborted ? super.reason : undefined
  }

  override throwIfAborted(): void {
    if (this.aborted) super.throwIfAborted()
  }
}
