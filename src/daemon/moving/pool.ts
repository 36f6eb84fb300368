/** Runs works, at most so many at a time, those of one key one after the other. What one of them throws is thrown by `add` or `settle`. */
export class Pool {
  readonly #most: number
  readonly #running = new Set<Promise<void>>()
  readonly #last = new Map<string, Promise<void>>()
  #failure: { readonly thrown: unknown } | undefined

  constructor(most: number) {
    this.#most = most
  }

  /** Resolves once there is room for another one. */
  async add(key: string, work: () => Promise<void>): Promise<void> {
    this.#requireGood()
    const before = this.#last.get(key)
    const running = (before ? before.then(work) : work())
      .catch((thrown: unknown) => void (this.#failure ??= { thrown }))
      .finally(() => {
        this.#running.delete(running)
        if (this.#last.get(key) === running) this.#last.delete(key)
      })
    this.#running.add(running)
    this.#last.set(key, running)
    if (this.#running.size >= this.#most) await Promise.race(this.#running)
  }

  /** Resolves once all are done. */
  async settle(): Promise<void> {
    await Promise.all(this.#running)
    this.#requireGood()
  }

  #requireGood(): void {
    if (this.#failure) throw this.#failure.thrown
  }
}
