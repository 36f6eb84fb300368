/**
 * Owns what the composition root has opened and closes it newest first. One part failing to close does not keep
 * the others open: all failures are reported together. Disposing twice is harmless.
 */
export class Lifecycle implements AsyncDisposable {
  readonly #owned: { name: string; part: AsyncDisposable }[] = []

  async own<T extends AsyncDisposable>(name: string, opening: T | Promise<T>): Promise<T> {
    const part = await opening
    this.#owned.push({ name, part })
    return part
  }

  /** All that is owned, moved to another owner: who opened several parts hands them on once the last one is open. */
  release(): Lifecycle {
    const next = new Lifecycle()
    next.#owned.push(...this.#owned.splice(0))
    return next
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const failures: Error[] = []
    for (const { name, part } of this.#owned.splice(0).reverse()) {
      try {
        await part[Symbol.asyncDispose]()
      } catch (cause) {
        failures.push(new Error(`closing ${name}`, { cause }))
      }
    }
    const [first] = failures
    if (first) throw failures.length === 1 ? first : new AggregateError(failures, 'shutdown was not clean')
  }
}
