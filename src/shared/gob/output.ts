import { ONE_BYTE_FOLLOWS, unsignedBytes } from './bytes.js'

/** Bytes that are written one after the other, into memory that is used again: a value has too many pieces for a buffer each. */
export class GobOutput {
  #bytes = Buffer.allocUnsafe(1_024)
  #length = 0

  get length(): number {
    return this.#length
  }

  clear(): void {
    this.#length = 0
  }

  copyTo(target: Uint8Array, at: number): void {
    target.set(this.#bytes.subarray(0, this.#length), at)
  }

  append(bytes: Uint8Array): void {
    this.#makeRoom(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  unsigned(value: number | bigint): void {
    if (value >= 128) return this.append(unsignedBytes(value))
    this.#makeRoom(1)
    this.#bytes[this.#length++] = Number(value)
  }

  /** The lowest bit says whether the rest is inverted. */
  signed(value: number | bigint): void {
    const wide = BigInt(value)
    this.unsigned(wide < 0n ? -wide * 2n - 1n : wide * 2n)
  }

  blob(blob: Uint8Array): void {
    this.unsigned(blob.length)
    this.append(blob)
  }

  /** Each byte as an integer of its own, with their count before them. */
  bytesAsIntegers(bytes: Uint8Array): void {
    this.unsigned(bytes.length)
    this.#makeRoom(2 * bytes.length)
    for (const byte of bytes) {
      if (byte >= 128) this.#bytes[this.#length++] = ONE_BYTE_FOLLOWS
      this.#bytes[this.#length++] = byte
    }
  }

  #makeRoom(more: number): void {
    const needed = this.#length + more
    if (needed <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe(2 * needed)
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }
}
