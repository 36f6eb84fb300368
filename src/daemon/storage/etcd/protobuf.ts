/** The lowest layer of what etcd is asked and answers: fields of numbers and of bytes. */

const VARINT = 0
const FIXED_64 = 1
const BYTES = 2
const FIXED_32 = 5

const FIRST_BYTES = 64 * 1024

/**
 * Writes messages from their last byte to their first: a length stands before what it counts, and is known by then.
 * Numbers of 64 bits are decimal text, as everywhere in this room.
 */
export class MessageWriter {
  #bytes = Buffer.allocUnsafe(FIRST_BYTES)
  #at = this.#bytes.length

  /** How much is written. */
  get length(): number {
    return this.#bytes.length - this.#at
  }

  clear(): void {
    this.#at = this.#bytes.length
  }

  /** What is written, behind so many bytes for somebody else. */
  copy(before = 0): Buffer {
    const bytes = Buffer.allocUnsafe(before + this.length)
    this.#bytes.copy(bytes, before, this.#at)
    return bytes
  }

  bytes(field: number, value: Uint8Array): void {
    // First the room: it may be in another buffer than before.
    const at = this.#back(value.length)
    this.#bytes.set(value, at)
    this.#head(field, value.length)
  }

  text(field: number, value: string): void {
    const length = Buffer.byteLength(value)
    const at = this.#back(length)
    this.#bytes.write(value, at)
    this.#head(field, length)
  }

  number(field: number, value: number | string): void {
    if (isSafe(value)) this.#varint(Number(value))
    else this.#large(BigInt(value))
    this.#varint((field << 3) | VARINT)
  }

  /** Makes a message of all that was written since there were `length` bytes. */
  message(field: number, length: number): void {
    this.#head(field, this.length - length)
  }

  #head(field: number, length: number): void {
    this.#varint(length)
    this.#varint((field << 3) | BYTES)
  }

  /** Of a number that is exact. */
  #varint(value: number): void {
    let size = 1
    for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) size++
    let at = this.#back(size)
    let rest = value
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.#bytes[at++] = (rest % 0x80) | 0x80
    this.#bytes[at] = rest
  }

  #large(value: bigint): void {
    this.#varint(Number(value >> LOW_BITS))
    let low = Number(BigInt.asUintN(Number(LOW_BITS), value))
    const start = this.#back(LOW_BYTES)
    for (let at = start; at < start + LOW_BYTES; at++, low >>>= 7) this.#bytes[at] = (low & 0x7f) | 0x80
  }

  /** Where the next so many bytes begin. */
  #back(size: number): number {
    if (size > this.#at) {
      const larger = Buffer.allocUnsafe(2 * (this.#bytes.length + size))
      const at = larger.length - this.length
      this.#bytes.copy(larger, at, this.#at)
      this.#bytes = larger
      this.#at = at
    }
    return (this.#at -= size)
  }
}

const LOW_BYTES = 4
const LOW_BITS = 28n
const SAFE_DIGITS = 15

const isSafe = (value: number | string): boolean => typeof value === 'number' || value.length <= SAFE_DIGITS

/** Reads a message and those in it field by field; what does not fit into its bytes is an error. */
export class MessageReader {
  readonly #bytes: Buffer
  #at = 0
  #end: number
  #wireType = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
    this.#end = bytes.length
  }

  /** The number of the next field, whose value is to be read or skipped then; 0 at the end. */
  next(): number {
    if (this.#at >= this.#end) return 0
    const tag = this.#varint()
    this.#wireType = tag & 7
    return Math.floor(tag / 8)
  }

  /** What `read` makes of the message that the field is. */
  message<Value>(read: (reader: this) => Value): Value {
    const [length, outer] = [this.#length(), this.#end]
    this.#end = this.#at + length
    const value = read(this)
    this.#at = this.#end
    this.#end = outer
    return value
  }

  /** A copy. */
  bytes(): Buffer {
    const length = this.#length()
    const bytes = Buffer.allocUnsafe(length)
    this.#bytes.copy(bytes, 0, this.#at, this.#at + length)
    this.#at += length
    return bytes
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
    else if (this.#wireType === BYTES) this.#pass(this.#length())
    else if (this.#wireType === FIXED_64) this.#pass(this.#fitting(8))
    else if (this.#wireType === FIXED_32) this.#pass(this.#fitting(4))
    else throw new Error(`a field of the unknown kind ${this.#wireType}`)
  }

  #pass(length: number): void {
    this.#at += length
  }

  #length(): number {
    if (this.#wireType !== BYTES) throw new Error('a field of another kind')
    return this.#fitting(this.#varint())
  }

  #fitting(length: number): number {
    if (length > this.#end - this.#at) throw new Error(`a field of ${length} bytes is cut off`)
    return length
  }

  /** Not exact beyond 2^53. */
  #varint(): number {
    let value = 0
    for (let unit = 1; unit < 2 ** 70; unit *= 0x80) {
      if (this.#at >= this.#end) throw new Error('a number is cut off')
      const byte = this.#bytes[this.#at++] as number
      value += (byte & 0x7f) * unit
      if (byte < 0x80) return value
    }
    throw new Error('a number of more than 64 bits')
  }
}
