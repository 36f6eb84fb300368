/**
 * gRPC metadata in its wire order. Names are lower-case; a name may occur more than once. Values of `-bin` names are
 * base64 text, as they travel.
 */
export class HeaderList {
  readonly #flat: string[]

  /** @param flat alternating names and values */
  constructor(flat: readonly string[] = []) {
    this.#flat = [...flat]
  }

  add(name: string, value: string): this {
    this.#flat.push(name, value)
    return this
  }

  first(name: string): string | undefined {
    for (let i = 0; i < this.#flat.length; i += 2) if (this.#flat[i] === name) return this.#flat[i + 1]
    return undefined
  }

  all(name: string): string[] {
    const values: string[] = []
    for (let i = 0; i < this.#flat.length; i += 2) if (this.#flat[i] === name) values.push(this.#flat[i + 1] as string)
    return values
  }

  *[Symbol.iterator](): Generator<readonly [name: string, value: string]> {
    for (let i = 0; i < this.#flat.length; i += 2) yield [this.#flat[i] as string, this.#flat[i + 1] as string]
  }
}

/** The size of a header list as RFC 9113 6.5.2 counts it. */
export function sizeOf(list: Iterable<readonly [name: string, value: string]>): number {
  const OVERHEAD_BYTES = 32
  let size = 0
  for (const [name, value] of list) size += name.length + value.length + OVERHEAD_BYTES
  return size
}
