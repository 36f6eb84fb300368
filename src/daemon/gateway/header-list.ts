/**
 * gRPC metadata in its wire order. Names are lower-case; a name may occur more than once. Values of `-bin` names are
 * base64 text, as they travel.
 */
export class HeaderList {
  #flat: readonly string[]
  /** The list that may be changed; what was given is somebody else's, and copied first. */
  #own: string[] | undefined

  /** @param flat alternating names and values */
  constructor(flat: readonly string[] = []) {
    this.#flat = flat
  }

  add(name: string, value: string): this {
    this.#flat = this.#own ??= [...this.#flat]
    this.#own.push(name, value)
    return this
  }

  first(name: string): string | undefined {
    return firstOf(this.#flat, name)
  }

  all(name: string): string[] {
    const values: string[] = []
    for (let i = 0; i < this.#flat.length; i += 2) if (this.#flat[i] === name) values.push(this.#flat[i + 1] as string)
    return values
  }

  /** Names and values in turn; they stay as they are, whatever is added later. */
  get fields(): readonly string[] {
    this.#own = undefined
    return this.#flat
  }

  *[Symbol.iterator](): Generator<readonly [name: string, value: string]> {
    for (let i = 0; i < this.#flat.length; i += 2) yield [this.#flat[i] as string, this.#flat[i + 1] as string]
  }
}

/** The first value of a name. @param fields names and values in turn */
export function firstOf(fields: readonly string[], name: string): string | undefined {
  for (let at = 0; at < fields.length; at += 2) if (fields[at] === name) return fields[at + 1]
  return undefined
}

/** The size of a header list as RFC 9113 6.5.2 counts it. @param fields names and values in turn */
export function sizeOf(fields: readonly string[]): number {
  const OVERHEAD_BYTES = 32
  let size = (fields.length / 2) * OVERHEAD_BYTES
  for (const text of fields) size += text.length
  return size
}

const PLACES = 32

/**
 * Makes something of header lists, and remembers it for the last few of them: our frame layer hands on the same list for a block
 * that comes again, and most callers send the same ones. Where each list is a new one, that costs a look at a few places.
 */
export function perList<Made>(make: (list: readonly string[]) => Made): (list: readonly string[]) => Made {
  const lists: (readonly string[])[] = []
  const made: Made[] = []
  let next = 0
  return (list) => {
    const at = lists.indexOf(list)
    if (at >= 0) return made[at] as Made
    const fresh = make(list)
    lists[next] = list
    made[next] = fresh
    next = (next + 1) % PLACES
    return fresh
  }
}
