/** A time in which a client has to go on with its call, from when it is the only one who can until it has done so. */
export class Stall {
  readonly #limitMs: number
  readonly #onOver: () => void
  #timer: NodeJS.Timeout | undefined

  constructor(limitMs: number, onOver: () => void) {
    this.#limitMs = limitMs
    this.#onOver = onOver
  }

  /** Counts from the first time on, until the end. */
  begin(): void {
    this.#timer ??= setTimeout(this.#onOver, this.#limitMs)
  }

  end(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
