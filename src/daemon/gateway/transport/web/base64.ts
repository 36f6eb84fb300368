const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const NONE = 64
const VALUE_OF = new Uint8Array(256).fill(NONE)
for (let value = 0; value < DIGITS.length; value++) VALUE_OF[DIGITS.charCodeAt(value)] = value
const PADDING = '='.charCodeAt(0)

/** Reads base64 as it comes, cut anywhere. Padding ends a part, after which another one may begin. */
export class Base64Reader {
  /** Of the group of four that has begun. */
  #bits = 0
  #digits = 0
  #padding = 0

  /** Whether what came so far is whole. */
  get isWhole(): boolean {
    return this.#digits === 0
  }

  /** The bytes that are whole by now; undefined where the text is no base64. */
  read(text: Uint8Array): Buffer | undefined {
    const bytes = Buffer.allocUnsafe(Math.ceil((text.length + this.#digits) / 4) * 3)
    let length = 0
    for (const digit of text) {
      if (!this.#take(digit)) return undefined
      if (this.#digits < 4) continue
      bytes[length++] = this.#bits >> 16
      if (this.#padding < 2) bytes[length++] = this.#bits >> 8
      if (this.#padding < 1) bytes[length++] = this.#bits
      this.#bits = this.#digits = this.#padding = 0
    }
    return bytes.subarray(0, length)
  }

  #take(digit: number): boolean {
    const value = VALUE_OF[digit] as number
    if (digit === PADDING && this.#digits >= 2) this.#padding++
    else if (value === NONE || this.#padding > 0) return false
    this.#bits = (this.#bits << 6) | (value % NONE)
    this.#digits++
    return true
  }
}

/** Each part is padded, so that it can be read as soon as it is there. */
export const toBase64 = (bytes: Buffer): Buffer => Buffer.from(bytes.toString('base64'), 'latin1')
