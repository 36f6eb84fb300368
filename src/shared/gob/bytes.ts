/** The lowest layer of Go's gob: unsigned and signed integers, and blobs with their length before them. */

/** The bytes are no gob, not of the kind that is asked for, or larger than it can be. */
export class GobFault extends Error {}

export const ONE_BYTE_FOLLOWS = 255

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
    const value = this.#digits(first).reduce((sum, byte) => sum * 256 + byte, 0)
    if (value > Number.MAX_SAFE_INTEGER) throw new GobFault('an integer beyond 2^53')
    return value
  }

  /** The same for a value, which may have all of Go's 64 bits. */
  unsigned64(): bigint {
    const first = this.#byte()
    if (first < 128) return BigInt(first)
    return this.#digits(first).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  }

  /** The lowest bit says whether the rest is inverted. */
  signed(): number {
    const raw = this.unsigned()
    const half = Math.floor(raw / 2)
    return raw % 2 === 0 ? half : -half - 1
  }

  signed64(): bigint {
    const raw = this.unsigned64()
    return raw & 1n ? -(raw >> 1n) - 1n : raw >> 1n
  }

  blob(): Uint8Array {
    return this.take(this.unsigned())
  }

  text(): string {
    return Buffer.from(this.blob()).toString('utf8')
  }

  /** How many pieces follow, each of at least so many bytes: more than fit are a fault before anything is made for them. */
  count(bytesEach = 1): number {
    const count = this.unsigned()
    if (count * bytesEach > this.left) throw new GobFault(`${count} elements announced, ${this.left} bytes left`)
    return count
  }

  /** So many integers, where all are below 256 and none is spelled longer than it must be; else undefined, and nothing is read. */
  integersAsBytes(count: number): Uint8Array | undefined {
    const start = this.#at
    const bytes = new Uint8Array(count)
    for (let index = 0; index < count; index++) {
      const first = this.#byte()
      if (first >= 128 && first !== ONE_BYTE_FOLLOWS) {
        this.#at = start
        return undefined
      }
      bytes[index] = first < 128 ? first : this.#byte()
    }
    return bytes
  }

  #digits(first: number): Uint8Array {
    const count = 256 - first
    if (count > 8) throw new GobFault(`an integer of ${count} bytes`)
    return this.take(count)
  }

  #byte(): number {
    const byte = this.#bytes[this.#at]
    if (byte === undefined) throw new GobFault('1 bytes announced, 0 left')
    this.#at++
    return byte
  }
}

export function unsignedBytes(value: number | bigint): Buffer {
  if (value < 128) return Buffer.from([Number(value)])
  if (value < 256) return Buffer.from([ONE_BYTE_FOLLOWS, Number(value)])
  if (value < 2 ** 16) return Buffer.from([ONE_BYTE_FOLLOWS - 1, Number(value) >> 8, Number(value) & 0xff])
  const hex = value.toString(16)
  const digits = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
  return Buffer.concat([Buffer.from([256 - digits.length]), digits])
}

export const signedBytes = (value: number | bigint): Buffer => {
  const wide = BigInt(value)
  return unsignedBytes(wide < 0n ? -wide * 2n - 1n : wide * 2n)
}

export const blobBytes = (blob: Uint8Array): Buffer => Buffer.concat([unsignedBytes(blob.length), blob])
