/** Comings and goings of those whom nobody has to know by name. */
export class Outstanding {
  #count = 0
  #waiting: (() => void)[] = []

  enter(): void {
    this.#count++
  }

  leave(): void {
    if (--this.#count === 0) for (const resolve of this.#waiting.splice(0)) resolve()
  }

  /** Resolves when all that came have gone. */
  async none(): Promise<void> {
    if (this.#count > 0) await new Promise<void>((done) => this.#waiting.push(done))
  }
}

/** Members that come and go; whoever stops waits for the last one to leave. */
export class TrackedSet<T> {
  readonly #members = new Set<T>()
  #waiting: (() => void)[] = []

  get size(): number {
    return this.#members.size
  }

  add(member: T): void {
    this.#members.add(member)
  }

  /** Whether it was one. */
  delete(member: T): boolean {
    const wasMember = this.#members.delete(member)
    if (this.#members.size === 0) for (const resolve of this.#waiting.splice(0)) resolve()
    return wasMember
  }

  /** Resolves when there is no member, at once if there is none now. */
  async empty(): Promise<void> {
    if (this.#members.size > 0) await new Promise<void>((done) => this.#waiting.push(done))
  }

  [Symbol.iterator](): IterableIterator<T> {
    return this.#members.values()
  }
}
