import type { BodyKind } from './head.js'

/** Tells the bytes of a body from what is written around them, and from what follows. */
export interface BodyReader {
  readonly isEnded: boolean
  /** What is body of these bytes, and what came after its end; undefined where they break the rules. */
  read(bytes: Buffer): { readonly body: Buffer; readonly rest: Buffer } | undefined
}

export const readerOf = (kind: BodyKind): BodyReader =>
  kind.kind === 'sized' ? new SizedReader(kind.bytes) : new ChunkedReader()

class SizedReader implements BodyReader {
  #left: number

  constructor(bytes: number) {
    this.#left = bytes
  }

  get isEnded(): boolean {
    return this.#left === 0
  }

  read(bytes: Buffer): { body: Buffer; rest: Buffer } {
    const body = bytes.subarray(0, this.#left)
    this.#left -= body.length
    return { body, rest: bytes.subarray(body.length) }
  }
}

/** What may be said beside the sizes and behind the last chunk: nobody needs more of it. */
const MAX_BESIDE_BYTES = 256
const MAX_SIZE_DIGITS = 8
const [CR, LF, SEMICOLON] = [0x0d, 0x0a, 0x3b]
const BLANKS: readonly number[] = [0x20, 0x09]

type Place = 'size' | 'beside' | 'line feed' | 'data' | 'data end' | 'data line feed' | Ending
type Ending = 'trailers' | 'trailer' | 'trailer line feed' | 'last line feed' | 'end'

/** Goes byte by byte, and puts chunks together again: those of one byte each cost no more than others. */
class ChunkedReader implements BodyReader {
  #place: Place = 'size'
  #digits = 0
  #left = 0
  #beside = 0

  get isEnded(): boolean {
    return this.#place === 'end'
  }

  read(bytes: Buffer): { body: Buffer; rest: Buffer } | undefined {
    const body = Buffer.allocUnsafe(bytes.length)
    let [at, length] = [0, 0]
    while (at < bytes.length && this.#place !== 'end') {
      if (this.#place !== 'data') {
        const next = this.#after(bytes[at++] as number)
        if (!next) return undefined
        this.#place = next
        continue
      }
      const end = Math.min(bytes.length, at + this.#left)
      this.#left -= end - at
      if (end - at === 1) body[length] = bytes[at] as number
      else bytes.copy(body, length, at, end)
      length += end - at
      at = end
      if (this.#left === 0) this.#place = 'data end'
    }
    return { body: body.subarray(0, length), rest: bytes.subarray(at) }
  }

  /** Where this byte leads; undefined where it breaks the rules. */
  #after(byte: number): Place | undefined {
    switch (this.#place) {
      case 'size':
        return this.#size(byte)
      case 'beside':
        return byte === CR ? 'line feed' : this.#aside(byte, 'beside')
      case 'line feed':
        this.#digits = 0
        return byte === LF ? (this.#left === 0 ? 'trailers' : 'data') : undefined
      case 'data end':
        return byte === CR ? 'data line feed' : undefined
      case 'data line feed':
        return byte === LF ? 'size' : undefined
      case 'trailers':
        return byte === CR ? 'last line feed' : this.#aside(byte, 'trailer')
      case 'trailer':
        return byte === CR ? 'trailer line feed' : this.#aside(byte, 'trailer')
      case 'trailer line feed':
        return byte === LF ? 'trailers' : undefined
      case 'last line feed':
        return byte === LF ? 'end' : undefined
      case 'data':
      case 'end':
        return undefined
    }
  }

  #size(byte: number): Place | undefined {
    const digit = digitOf(byte)
    if (digit >= 0) {
      this.#left = this.#left * 16 + digit
      return ++this.#digits <= MAX_SIZE_DIGITS ? 'size' : undefined
    }
    if (this.#digits === 0) return undefined
    if (byte === CR) return 'line feed'
    return byte === SEMICOLON || BLANKS.includes(byte) ? this.#aside(byte, 'beside') : undefined
  }

  #aside(byte: number, place: Place): Place | undefined {
    return byte !== LF && ++this.#beside <= MAX_BESIDE_BYTES ? place : undefined
  }
}

/** Of a hexadecimal digit; -1 for anything else. */
function digitOf(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = byte | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}
