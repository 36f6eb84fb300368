const SLOTS = 8
const LARGEST_BLOCK_BYTES = 256

interface Known {
  fields: readonly string[]
  version: number
  length: number
  /** The block, made once somebody asks for it. */
  view: Buffer | undefined
}

/**
 * The last few header lists of one direction of a connection, each with its block. Most callers send the same lists again and again:
 * as long as the table stands as it did, the same block means the same list, and needs no second look. Whoever gets a list
 * that came before gets the same object, and may remember what it made of it.
 */
export class KnownBlocks {
  readonly #known: Known[] = []
  #bytes: Buffer | undefined
  #next = 0

  /** The list that this block stood for before. @param version of the table that it refers to */
  fieldsOf(block: Buffer, start: number, end: number, version: number): readonly string[] | undefined {
    for (let slot = 0; slot < this.#known.length; slot++) {
      const { length, version: then, fields } = this.#known[slot] as Known
      if (length === end - start && then === version && this.#isSame(slot, block, start, length)) return fields
    }
    return undefined
  }

  /** The block that stood for this very object before. */
  blockOf(fields: readonly string[], version: number): Buffer | undefined {
    for (let slot = 0; slot < this.#known.length; slot++) {
      const known = this.#known[slot] as Known
      if (known.fields !== fields || known.version !== version) continue
      const at = slot * LARGEST_BLOCK_BYTES
      return (known.view ??= this.#bytes?.subarray(at, at + known.length))
    }
    return undefined
  }

  /** Takes the place of the oldest one. False for a block that is too large to be remembered. */
  note(fields: readonly string[], block: Buffer, start: number, end: number, version: number): boolean {
    const length = end - start
    if (length > LARGEST_BLOCK_BYTES) return false
    this.#bytes ??= Buffer.allocUnsafeSlow(SLOTS * LARGEST_BLOCK_BYTES)
    block.copy(this.#bytes, this.#next * LARGEST_BLOCK_BYTES, start, end)
    const known = (this.#known[this.#next] ??= { fields, version, length, view: undefined })
    known.fields = fields
    known.version = version
    known.length = length
    known.view = undefined
    this.#next = (this.#next + 1) % SLOTS
    return true
  }

  #isSame(slot: number, block: Buffer, start: number, length: number): boolean {
    const bytes = this.#bytes as Buffer
    const at = slot * LARGEST_BLOCK_BYTES
    // From the end: what differs from call to call, such as a deadline, stands there.
    for (let i = length - 1; i >= 0; i--) if (bytes[at + i] !== block[start + i]) return false
    return true
  }
}
