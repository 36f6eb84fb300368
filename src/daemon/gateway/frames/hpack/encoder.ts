import { FieldTable, sizeOfField } from './field-table.js'
import { KnownBlocks } from './known-blocks.js'
import { STATIC_COUNT, STATIC_FIELDS } from './static-table.js'

/** Larger fields are not worth a place in the table, and what is larger than it would empty it. */
const LARGEST_KEPT_BYTES = 256
/** As much as a peer allows from the start (RFC 9113 6.5.2): more would only be more to search. */
const MAX_TABLE_BYTES = 4096

/** What is known of the fields of one name. */
interface Name {
  /** The number in the static table of a field of this name; 0 for none. */
  readonly index: number
  readonly isKept: boolean
  /** The numbers of the values in the static table. */
  readonly fixed: ReadonlyMap<string, number>
  /** The count of additions after which a kept value stood in the table. */
  readonly added: Map<string, number>
  /** The value that was written last, as most fields come again with it, and the same two of it; 0 for none. */
  last: string
  lastFixed: number
  lastAdded: number
}

/** The static table by name: the first number of each, and the numbers of its values. */
const fixedNames = new Map<string, { readonly index: number; readonly fixed: Map<string, number> }>()
for (let at = 0; at < STATIC_FIELDS.length; at += 2) {
  const [name, value] = [STATIC_FIELDS[at] as string, STATIC_FIELDS[at + 1] as string]
  const number = at / 2 + 1
  const ofName = fixedNames.get(name)
  if (ofName) ofName.fixed.set(value, number)
  else fixedNames.set(name, { index: number, fixed: new Map([[value, number]]) })
}
const NOT_FIXED = { index: 0, fixed: new Map<string, number>() }

/** Which fields come again with the same value, call by call: these the peer is told to remember. */
export type IsKept = (name: string) => boolean

/** Writes the header blocks of one direction of a connection. Texts go out as they are: Huffman's code costs more than it saves. */
export class HpackEncoder {
  readonly #table = new FieldTable(MAX_TABLE_BYTES)
  /** Only of names that are kept or in the static table: there are few of them. */
  readonly #names = new Map<string, Name>()
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

  #field(text: string, value: string): void {
    this.#reserve(text.length + value.length + 16)
    const name = this.#names.get(text) ?? this.#learn(text)
    const known = name && this.#numberOf(name, value)
    if (known) return this.#integer(0x80, 7, known)
    const isAdded = name?.isKept && sizeOfField(text, value) <= Math.min(LARGEST_KEPT_BYTES, this.#table.maxBytes)
    const index = name?.index ?? 0
    if (isAdded) this.#integer(0x40, 6, index)
    else this.#integer(0, 4, index)
    if (index === 0) this.#text(text)
    this.#text(value)
    if (isAdded) this.#add(name, text, value)
  }

  #learn(text: string): Name | undefined {
    const ofTable = fixedNames.get(text)
    const isKept = this.#isKept(text)
    if (!ofTable && !isKept) return undefined
    const { index, fixed } = ofTable ?? NOT_FIXED
    const name = { index, fixed, isKept, added: new Map<string, number>(), last: '', lastFixed: 0, lastAdded: 0 }
    name.lastFixed = fixed.get('') ?? 0
    this.#names.set(text, name)
    return name
  }

  /** The number of a field in both tables; 0 for none. */
  #numberOf(name: Name, value: string): number {
    if (name.last !== value) {
      name.last = value
      name.lastFixed = name.fixed.get(value) ?? 0
      name.lastAdded = name.added.get(value) ?? 0
    }
    if (name.lastFixed > 0) return name.lastFixed
    if (name.lastAdded === 0) return 0
    const back = this.#table.added - name.lastAdded + 1
    return back <= this.#table.count ? STATIC_COUNT + back : 0
  }

  #add(name: Name, text: string, value: string): void {
    this.#table.add(text, value)
    const { added, count } = this.#table
    name.added.set(value, added)
    name.lastAdded = added
    // What was pushed out is forgotten now and then, before it becomes much.
    if (added % 256 === 0) for (const { added: all } of this.#names.values()) forgetBelow(all, added - count + 1)
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

function forgetBelow(numbers: Map<string, number>, least: number): void {
  for (const [value, number] of numbers) if (number < least) numbers.delete(value)
}
