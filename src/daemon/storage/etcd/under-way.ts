/** Work that somebody waits for who did not begin it. */
export class UnderWay {
  readonly #works = new Set<Promise<unknown>>()

  track<Result>(work: Promise<Result>): Promise<Result> {
    const forget = (): void => void this.#works.delete(work)
    this.#works.add(work)
    void work.then(forget, forget)
    return work
  }

  /** Resolves when what is under way now has ended, however. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#works)
  }
}
