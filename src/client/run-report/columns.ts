/** Rows of numbers in typed arrays: a run may have millions of entries, and an object for each would cost ten times more. */
export class Columns<Name extends string> {
  readonly #arrays: Record<Name, Float64Array>
  readonly #names: readonly Name[]
  #length = 0

  constructor(names: readonly Name[]) {
    this.#names = names
    this.#arrays = Object.fromEntries(names.map((name) => [name, new Float64Array(256)])) as Record<Name, Float64Array>
  }

  get length(): number {
    return this.#length
  }

  push(row: Readonly<Record<Name, number>>): number {
    const index = this.#length++
    for (const name of this.#names) {
      if (index === this.#arrays[name].length) this.#arrays[name] = larger(this.#arrays[name])
      this.#arrays[name][index] = row[name]
    }
    return index
  }

  get(name: Name, index: number): number {
    return this.#arrays[name][index] as number
  }
}

function larger(array: Float64Array): Float64Array {
  const copy = new Float64Array(array.length * 2)
  copy.set(array)
  return copy
}
