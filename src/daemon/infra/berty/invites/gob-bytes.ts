/** The lowest layer of Go's gob: unsigned and signed integers, and blobs with their length before them. */

/** The bytes are no gob, or larger than an invite can be. */
export class GobFault extends Error {}

/** Reads one piece after the other; a piece that does not fit into what is left is a fault. */
export class GobReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }

  take(length: number): Uint8Array {
    if (length > this.left) throw new GobFault(`${length} bytes announced, ${this.left} left`)
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }

  /** Below 128 one byte; else the negated count of the big-endian bytes that follow. */
  unsigned(): number {
    const first = this.#byte()
    if (first < 128) return first
    const count = 256 - first
    if (count > 8) throw new GobFault(`an integer of ${count} bytes`)
    const value = this.take(count).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
    if (value > Number.MAX_SAFE_INTEGER) throw new GobFault('an integer beyond 2^53')
    return Number(value)
  }

  /** The lowest bit says whether the rest is inverted. */
  signed(): number {
    const raw = this.unsigned()
    const half = Math.floor(raw / 2)
    return raw % 2 === 0 ? half : -half - 1
  }

  blob(): Uint8Array {
    return this.take(this.unsigned())
  }

  text(): string {
    return Buffer.from(this.blob()).toString('utf8')
  }

  #byte(): number {
    return this.take(1)[0] ?? 0
  }
}

export function unsignedBytes(value: number): Buffer {
  if (value < 128) return Buffer.from([value])
  const hex = value.toString(16)
  const digits = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
  return Buffer.concat([Buffer.from([256 - digits.length]), digits])
}

export const signedBytes = (value: number): Buffer => unsignedBytes(value < 0 ? -value * 2 - 1 : value * 2)

export const blobBytes = (blob: Uint8Array): Buffer => Buffer.concat([unsignedBytes(blob.length), blob])
