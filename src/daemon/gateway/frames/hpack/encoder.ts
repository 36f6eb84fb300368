import { FieldTable, sizeOfField } from './field-table.js'
import { KnownBlocks } from './known-blocks.js'
import { STATIC_COUNT, STATIC_FIELDS } from './static-table.js'

/** Larger fields are not worth a place in the table, and what is larger than it would empty it. */
const LARGEST_KEPT_BYTES = 256
/** As much as a peer allows from the start (RFC 9113 6.5.2): more would only be more to search. */
const MAX_TABLE_BYTES = 4096

/** The numbers of fields, by name and then by value: to put both into one text would make a text for each that is looked for. */
class FieldNumbers {
  readonly #numbers = new Map<string, Map<string, number>>()

  get(name: string, value: string): number | undefined {
    return this.#numbers.get(name)?.get(value)
  }

  set(name: string, value: string, number: number): void {
    const ofName = this.#numbers.get(name)
    if (ofName) ofName.set(value, number)
    else this.#numbers.set(name, new Map([[value, number]]))
  }

  /** Forgets those whose number is below. */
  forgetBelow(least: number): void {
    for (const ofName of this.#numbers.values())
      for (const [value, number] of ofName) if (number < least) ofName.delete(value)
  }
}

/** What of the static table has this name, and what has this name and value. */
const staticNames = new Map<string, number>()
const staticFields = new FieldNumbers()
for (let at = STATIC_FIELDS.length - 2; at >= 0; at -= 2) {
  const name = STATIC_FIELDS[at] as string
  staticNames.set(name, at / 2 + 1)
  staticFields.set(name, STATIC_FIELDS[at + 1] as string, at / 2 + 1)
}

/** Which fields come again with the same value, call by call: these the peer is told to remember. */
export type IsKept = (name: string) => boolean

/** Writes the header blocks of one direction of a connection. Texts go out as they are: Huffman's code costs more than it saves. */
export class HpackEncoder {
  readonly #table = new FieldTable(MAX_TABLE_BYTES)
  /** The count of additions after which a kept field stood in the table. */
  readonly #kept = new FieldNumbers()
  readonly #isKept: IsKept
  readonly #known = new KnownBlocks()
  #resized: { smallest: number; last: number } | undefined
  #out = Buffer.allocUnsafe(4096)
  #length = 0

  constructor(isKept: IsKept) {
    this.#isKept = isKept
  }

  /** The peer's SETTINGS_HEADER_TABLE_SIZE; told to it at the start of the next block (RFC 7541 4.2). */
  allow(tableBytes: number): void {
    const last = Math.min(tableBytes, MAX_TABLE_BYTES)
    if (last === this.#table.maxBytes && !this.#resized) return
    this.#resized = { smallest: Math.min(last, this.#resized?.smallest ?? last), last }
    this.#table.resize(last)
  }

  /**
   * A whole block; its bytes stand only until the next one is made.
   * @param fields names and values in turn; characters above 255 do not occur in them. Nobody may change them: the same list
   *   makes the same block
   */
  encode(fields: readonly string[]): Buffer {
    const { version } = this.#table
    return (!this.#resized && this.#known.blockOf(fields, version)) || this.#write(fields, version)
  }

  #write(fields: readonly string[], version: number): Buffer {
    this.#length = 0
    const isFirst = this.#resized !== undefined
    this.#tellSize()
    for (let at = 0; at < fields.length; at += 2) this.#field(fields[at] as string, fields[at + 1] as string)
    if (!isFirst && this.#table.version === version) this.#known.note(fields, this.#out, 0, this.#length, version)
    return this.#out.subarray(0, this.#length)
  }

  #tellSize(): void {
    if (!this.#resized) return
    const { smallest, last } = this.#resized
    this.#resized = undefined
    this.#reserve(16)
    if (smallest < last) this.#integer(0x20, 5, smallest)
    this.#integer(0x20, 5, last)
  }

  #field(name: string, value: string): void {
    this.#reserve(name.length + value.length + 16)
    const isKept = this.#isKept(name)
    const known = isKept || name.startsWith(':') ? this.#indexOf(name, value) : undefined
    if (known !== undefined) return this.#integer(0x80, 7, known)
    const isAdded = isKept && sizeOfField(name, value) <= Math.min(LARGEST_KEPT_BYTES, this.#table.maxBytes)
    const index = staticNames.get(name) ?? 0
    if (isAdded) this.#integer(0x40, 6, index)
    else this.#integer(0, 4, index)
    if (index === 0) this.#text(name)
    this.#text(value)
    if (isAdded) this.#add(name, value)
  }

  #indexOf(name: string, value: string): number | undefined {
    const fixed = staticFields.get(name, value)
    if (fixed !== undefined) return fixed
    const added = this.#kept.get(name, value)
    if (added === undefined) return undefined
    const back = this.#table.added - added + 1
    return back <= this.#table.count ? STATIC_COUNT + back : undefined
  }

  #add(name: string, value: string): void {
    this.#table.add(name, value)
    const { added, count } = this.#table
    this.#kept.set(name, value, added)
    // What was pushed out is forgotten now and then, before it becomes much.
    if (added % 256 === 0) this.#kept.forgetBelow(added - count + 1)
  }

  #integer(pattern: number, prefixBits: number, value: number): void {
    const most = (1 << prefixBits) - 1
    if (value < most) {
      this.#out[this.#length++] = pattern | value
      return
    }
    this.#out[this.#length++] = pattern | most
    let rest = value - most
    for (; rest >= 128; rest >>>= 7) this.#out[this.#length++] = (rest & 127) | 128
    this.#out[this.#length++] = rest
  }

  #text(text: string): void {
    this.#integer(0, 7, text.length)
    this.#length += this.#out.write(text, this.#length, 'latin1')
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#out.length) return
    const larger = Buffer.allocUnsafe(Math.max(this.#out.length * 2, this.#length + bytes))
    this.#out.copy(larger, 0, 0, this.#length)
    this.#out = larger
  }
}
