/** A map with room for so many: whoever was set longest ago makes room for what is new. */
export class BoundedMap<Key, Value> extends Map<Key, Value> {
  readonly #capacity: number

  constructor(capacity: number) {
    super()
    this.#capacity = capacity
  }

  /** What is set again counts as new. */
  override set(key: Key, value: Value): this {
    this.delete(key)
    super.set(key, value)
    for (const oldest of this.keys()) {
      if (this.size <= this.#capacity) break
      this.delete(oldest)
    }
    return this
  }
}
