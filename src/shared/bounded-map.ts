/** A map with a bounded number of entries: a new one drives out the one that was set longest ago. */
export class BoundedMap<Key, Value> extends Map<Key, Value> {
  readonly #capacity: number

  constructor(capacity: number) {
    super()
    this.#capacity = capacity
  }

  /** An entry that is set again counts as new. */
  override set(key: Key, value: Value): this {
    this.delete(key)
    super.set(key, value)
    if (this.size > this.#capacity) this.#driveOut()
    return this
  }

  #driveOut(): void {
    for (const oldest of this.keys()) {
      if (this.size <= this.#capacity) return
      this.delete(oldest)
    }
  }
}
