/** Cuts a body that comes in chunks into the texts that each are one message. */
export interface Splitter {
  /** The texts that are whole now. Error: of the limit, for one that grows too long. */
  push(chunk: Buffer): Iterable<Buffer>
  /** What is left when the body has ended. */
  end(): Iterable<Buffer>
}

/** Judges how many bytes of one text have come; throws for too many. */
export type JudgeText = (bytes: number) => void

const [QUOTE, BACKSLASH, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = Buffer.from('"\\{}[]')
/** Blanks, and the sign that JSON text sequences (RFC 7464) put before each value. */
const BLANKS: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d, 0x1e])

/** JSON values one after the other, with blanks between them or none: a line each, or however they are laid out. */
export class JsonValues implements Splitter {
  readonly #judge: JudgeText
  #parts: Buffer[] = []
  #bytes = 0
  #depth = 0
  #isInText = false
  #isEscaped = false
  #hasBegun = false

  constructor(judge: JudgeText) {
    this.#judge = judge
  }

  *push(chunk: Buffer): Generator<Buffer> {
    let from = 0
    for (let at = 0; at < chunk.length; at++) {
      const isBlank = !this.#isInText && BLANKS.has(chunk[at] as number)
      if (!this.#hasBegun && isBlank) from = at + 1
      else if (this.#endsAt(chunk[at] as number, isBlank)) {
        // A blank ends a value without being part of it.
        const end = isBlank ? at : at + 1
        this.#keep(chunk.subarray(from, end))
        yield* this.end()
        from = at + 1
      }
    }
    if (from < chunk.length) this.#keep(chunk.subarray(from))
  }

  end(): Buffer[] {
    const value = Buffer.concat(this.#parts)
    this.#parts = []
    this.#bytes = this.#depth = 0
    this.#hasBegun = this.#isInText = this.#isEscaped = false
    return value.length === 0 ? [] : [value]
  }

  /** Whether a value is over with this byte. */
  #endsAt(byte: number, isBlank: boolean): boolean {
    this.#hasBegun = true
    if (this.#isInText) {
      if (this.#isEscaped) this.#isEscaped = false
      else if (byte === BACKSLASH) this.#isEscaped = true
      else if (byte === QUOTE) this.#isInText = false
      return !this.#isInText && this.#depth === 0
    }
    if (byte === QUOTE) this.#isInText = true
    else if (byte === OPEN || byte === OPEN_LIST) this.#depth++
    else if (byte === CLOSE || byte === CLOSE_LIST) return --this.#depth <= 0
    return isBlank && this.#depth === 0
  }

  #keep(part: Buffer): void {
    this.#judge((this.#bytes += part.length))
    this.#parts.push(part)
  }
}
