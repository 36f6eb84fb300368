/** The lowest layer of what etcd is asked and answers: fields of numbers and of bytes. */

const VARINT = 0
const FIXED_64 = 1
const BYTES = 2
const FIXED_32 = 5

/** A field by its number in the message. Numbers of 64 bits are decimal text, as everywhere in this room. */
export type Field = readonly [number: number, value: Uint8Array | number | string]

/** The bytes of a message. */
export function message(fields: readonly Field[]): Buffer {
  let size = 0
  for (const [number, value] of fields) size += sizeOf(number, value)
  const bytes = Buffer.allocUnsafe(size)
  let at = 0
  for (const [number, value] of fields) {
    if (value instanceof Uint8Array) {
      at = writeVarint(bytes, at, (number << 3) | BYTES)
      at = writeVarint(bytes, at, value.length)
      bytes.set(value, at)
      at += value.length
    } else at = writeNumber(bytes, writeVarint(bytes, at, (number << 3) | VARINT), value)
  }
  return bytes
}

function sizeOf(number: number, value: Field[1]): number {
  const tag = varintSize(number << 3)
  if (value instanceof Uint8Array) return tag + varintSize(value.length) + value.length
  return tag + (isSafe(value) ? varintSize(Number(value)) : varintSize(highBits(value)) + LOW_BYTES)
}

const LOW_BYTES = 4
const LOW_BITS = 28n
const SAFE_DIGITS = 15

const isSafe = (value: number | string): boolean => typeof value === 'number' || value.length <= SAFE_DIGITS
const highBits = (value: number | string): number => Number(BigInt(value) >> LOW_BITS)

function writeNumber(bytes: Buffer, start: number, value: number | string): number {
  if (isSafe(value)) return writeVarint(bytes, start, Number(value))
  let low = Number(BigInt.asUintN(Number(LOW_BITS), BigInt(value)))
  let at = start
  for (let left = LOW_BYTES; left > 0; left--, low >>>= 7) bytes[at++] = (low & 0x7f) | 0x80
  return writeVarint(bytes, at, highBits(value))
}

function varintSize(value: number): number {
  let size = 1
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) size++
  return size
}

/** Of a number that is exact. Returns where the next one goes. */
function writeVarint(bytes: Buffer, start: number, value: number): number {
  let at = start
  let rest = value
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes[at++] = (rest % 0x80) | 0x80
  bytes[at++] = rest
  return at
}

/** Reads a message field by field; what does not fit into its bytes is an error. */
export class MessageReader {
  readonly #bytes: Buffer
  #at = 0
  #wireType = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  /** The number of the next field, whose value is to be read or skipped then; 0 at the end. */
  next(): number {
    if (this.#at >= this.#bytes.length) return 0
    const tag = this.#varint()
    this.#wireType = tag & 7
    return Math.floor(tag / 8)
  }

  /** Bytes of the message itself, no copy. */
  bytes(): Buffer {
    if (this.#wireType !== BYTES) throw new Error('a field of another kind')
    return this.#take(this.#varint())
  }

  flag(): boolean {
    return this.number() !== '0'
  }

  /** A number of 64 bits that is not negative, in decimal. */
  number(): string {
    if (this.#wireType !== VARINT) throw new Error('a field of another kind')
    const start = this.#at
    const value = this.#varint()
    if (Number.isSafeInteger(value)) return String(value)
    let exact = 0n
    for (let at = this.#at - 1; at >= start; at--) exact = (exact << 7n) | BigInt((this.#bytes[at] as number) & 0x7f)
    return String(BigInt.asUintN(64, exact))
  }

  skip(): void {
    if (this.#wireType === VARINT) this.#varint()
    else if (this.#wireType === BYTES) this.bytes()
    else if (this.#wireType === FIXED_64) this.#take(8)
    else if (this.#wireType === FIXED_32) this.#take(4)
    else throw new Error(`a field of the unknown kind ${this.#wireType}`)
  }

  #take(length: number): Buffer {
    if (length > this.#bytes.length - this.#at) throw new Error(`a field of ${length} bytes is cut off`)
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }

  /** Not exact beyond 2^53. */
  #varint(): number {
    let value = 0
    for (let unit = 1; unit < 2 ** 70; unit *= 0x80) {
      const byte = this.#bytes[this.#at++]
      if (byte === undefined) throw new Error('a number is cut off')
      value += (byte & 0x7f) * unit
      if (byte < 0x80) return value
    }
    throw new Error('a number of more than 64 bits')
  }
}
