type Cells = Float64Array | Int32Array
/** What a column holds: `int` is 32 bits, for numbers that we give ourselves; `number` is any, such as a time. */
type Kind = 'int' | 'number'

const FIRST_ROWS = 256

/** Rows of numbers in typed arrays: a run may have millions of entries, and an object for each would cost ten times more. */
export class Columns<Name extends string> {
  readonly #cells: Record<Name, Cells>
  readonly #names: readonly Name[]
  #length = 0

  constructor(kinds: Readonly<Record<Name, Kind>>) {
    this.#names = Object.keys(kinds) as Name[]
    const cells = (name: Name): Cells =>
      kinds[name] === 'int' ? new Int32Array(FIRST_ROWS) : new Float64Array(FIRST_ROWS)
    this.#cells = Object.fromEntries(this.#names.map((name) => [name, cells(name)])) as Record<Name, Cells>
  }

  get length(): number {
    return this.#length
  }

  push(row: Readonly<Record<Name, number>>): number {
    const index = this.#length++
    for (const name of this.#names) {
      if (index === this.#cells[name].length) this.#cells[name] = larger(this.#cells[name])
      this.#cells[name][index] = row[name]
    }
    return index
  }

  get(name: Name, index: number): number {
    return this.#cells[name][index] as number
  }
}

function larger(cells: Cells): Cells {
  const copy = cells instanceof Int32Array ? new Int32Array(cells.length * 2) : new Float64Array(cells.length * 2)
  copy.set(cells)
  return copy
}
