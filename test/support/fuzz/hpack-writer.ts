import { huffmanCodes } from '../../../src/daemon/gateway/frames/hpack/huffman-code.js'
import { STATIC_FIELDS } from '../../../src/daemon/gateway/frames/hpack/static-table.js'
import type { Dice } from '../attacker/dice.js'

export type Lines = readonly (readonly [name: string, value: string])[]

const STATIC: Lines = Array.from({ length: STATIC_FIELDS.length / 2 }, (_none, i) => [
  STATIC_FIELDS[2 * i] as string,
  STATIC_FIELDS[2 * i + 1] as string,
])
const CODES = [...huffmanCodes()].sort((a, b) => a.symbol - b.symbol)
const OVERHEAD = 32

/**
 * Writes header blocks in every way that RFC 7541 allows, as the dice fall: indexed or not, kept, not kept, never to be
 * kept, in Huffman code or plain, with changes of the table's size. It keeps a table of its own, newest field first.
 */
export class HpackWriter {
  readonly #dice: Dice
  readonly #most: number
  #table: (readonly [name: string, value: string])[] = []
  #size: number

  /** @param most what the reader allows of the table */
  constructor(dice: Dice, most = 4096) {
    this.#dice = dice
    this.#most = most
    this.#size = most
  }

  block(lines: Lines): Buffer {
    const parts: Buffer[] = []
    while (this.#dice.oneIn(6)) parts.push(this.#resize(this.#dice.oneIn(3) ? 0 : this.#dice.between(0, this.#most)))
    for (const [name, value] of lines) parts.push(this.#field(name, value))
    return Buffer.concat(parts)
  }

  #resize(size: number): Buffer {
    this.#size = size
    this.#evict()
    return integer(0x20, 5, size)
  }

  #field(name: string, value: string): Buffer {
    const known = this.#numbers(([aName, aValue]) => aName === name && aValue === value)
    if (known.length > 0 && !this.#dice.oneIn(4)) return integer(0x80, 7, this.#dice.pick(known))
    const names = this.#numbers(([aName]) => aName === name)
    const index = names.length > 0 && !this.#dice.oneIn(4) ? this.#dice.pick(names) : 0
    const kind = this.#dice.between(0, 2)
    const head = kind === 0 ? integer(0x40, 6, index) : integer(kind === 1 ? 0x10 : 0, 4, index)
    const written = Buffer.concat([head, ...(index === 0 ? [this.#text(name)] : []), this.#text(value)])
    if (kind === 0) {
      this.#table.unshift([name, value])
      this.#evict()
    }
    return written
  }

  #numbers(fits: (field: Lines[number]) => boolean): number[] {
    const numbers: number[] = []
    STATIC.forEach((field, at) => fits(field) && numbers.push(at + 1))
    this.#table.forEach((field, at) => fits(field) && numbers.push(STATIC.length + at + 1))
    return numbers
  }

  #evict(): void {
    let left = this.#size
    const over = this.#table.findIndex(([name, value]) => (left -= name.length + value.length + OVERHEAD) < 0)
    if (over >= 0) this.#table.length = over
  }

  #text(text: string): Buffer {
    const bytes = Buffer.from(text, 'latin1')
    if (this.#dice.oneIn(2)) return Buffer.concat([integer(0, 7, bytes.length), bytes])
    const coded = huffman(bytes)
    return Buffer.concat([integer(0x80, 7, coded.length), coded])
  }
}

function integer(pattern: number, prefixBits: number, value: number): Buffer {
  const most = 2 ** prefixBits - 1
  if (value < most) return Buffer.from([pattern | value])
  const bytes = [pattern | most]
  let rest = value - most
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128)
  return Buffer.from([...bytes, rest])
}

function huffman(bytes: Buffer): Buffer {
  const out: number[] = []
  let held = 0n
  let bits = 0
  for (const byte of bytes) {
    const { code, bits: more } = CODES[byte] as (typeof CODES)[number]
    held = (held << BigInt(more)) | BigInt(code)
    bits += more
    for (; bits >= 8; bits -= 8) out.push(Number((held >> BigInt(bits - 8)) & 255n))
    held &= (1n << BigInt(bits)) - 1n
  }
  if (bits > 0) out.push(Number((held << BigInt(8 - bits)) | ((1n << BigInt(8 - bits)) - 1n)))
  return Buffer.from(out)
}
