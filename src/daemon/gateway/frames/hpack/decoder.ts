import { CompressionFault } from './fault.js'
import { FieldTable, sizeOfField } from './field-table.js'
import { readHuffman } from './huffman.js'
import { KnownBlocks } from './known-blocks.js'

/** Names and values in turn; undefined where the list was larger than allowed, which leaves the tables in order. */
export type DecodedFields = readonly string[] | undefined

/** Reads the header blocks of one direction of a connection (RFC 7541 3, 6). */
export class HpackDecoder {
  readonly #table: FieldTable
  /** What the peer may use of the table at most, as we have told him. */
  readonly #maxTableBytes: number
  readonly #maxListBytes: number
  readonly #known = new KnownBlocks()
  #isKnown = false
  #block: Buffer = Buffer.alloc(0)
  #at = 0
  #end = 0
  #fields: string[] = []
  #listBytes = 0

  constructor(limits: { readonly maxTableBytes: number; readonly maxListBytes: number }) {
    this.#maxTableBytes = limits.maxTableBytes
    this.#maxListBytes = limits.maxListBytes
    this.#table = new FieldTable(limits.maxTableBytes)
  }

  /** Whether the list that was read last is the same object when its block comes again. */
  get isKnown(): boolean {
    return this.#isKnown
  }

  /** One whole block. Fault: CompressionFault, after which no further block can be read. */
  decode(block: Buffer, start = 0, end = block.length): DecodedFields {
    const { version } = this.#table
    const known = this.#known.fieldsOf(block, start, end, version)
    this.#isKnown = known !== undefined
    return known ?? this.#read(block, start, end, version)
  }

  #read(block: Buffer, start: number, end: number, version: number): DecodedFields {
    this.#block = block
    this.#at = start
    this.#end = end
    this.#fields = []
    this.#listBytes = 0
    while (this.#at < end) this.#readRepresentation()
    if (this.#listBytes > this.#maxListBytes) return undefined
    // One that changes the table means something else when it comes again.
    if (this.#table.version === version) this.#isKnown = this.#known.note(this.#fields, block, start, end, version)
    return this.#fields
  }

  #readRepresentation(): void {
    const first = this.#block[this.#at] as number
    if (first >= 128) return this.#readIndexed()
    if (first >= 64) return this.#readLiteral(6, true)
    if (first >= 32) return this.#resize()
    this.#readLiteral(4, false)
  }

  #readIndexed(): void {
    const place = this.#place(this.#integer(7))
    this.#emit(this.#table.nameAt(place), this.#table.valueAt(place))
  }

  #readLiteral(prefixBits: number, isKept: boolean): void {
    const index = this.#integer(prefixBits)
    const name = index === 0 ? this.#text() : this.#table.nameAt(this.#place(index))
    const value = this.#text()
    this.#emit(name, value)
    if (isKept) this.#table.add(name, value)
  }

  /** Only before the first field, and not above what we allow (RFC 7541 4.2, 6.3). */
  #resize(): void {
    if (this.#listBytes > 0) throw new CompressionFault('a change of the table size behind a field')
    const maxBytes = this.#integer(5)
    if (maxBytes > this.#maxTableBytes) throw new CompressionFault(`a table of ${maxBytes} bytes`)
    this.#table.resize(maxBytes)
  }

  #emit(name: string, value: string): void {
    this.#listBytes += sizeOfField(name, value)
    if (this.#listBytes <= this.#maxListBytes) this.#fields.push(name, value)
  }

  #place(index: number): number {
    const place = this.#table.placeOf(index)
    if (place === undefined) throw new CompressionFault(`no field has the number ${index}`)
    return place
  }

  /** RFC 7541 5.1. Nothing that may be announced here needs more than 28 bits. */
  #integer(prefixBits: number): number {
    const most = (1 << prefixBits) - 1
    const low = this.#byte() & most
    if (low < most) return low
    let value = most
    for (let shift = 0; shift <= 21; shift += 7) {
      const byte = this.#byte()
      value += (byte & 127) << shift
      if (byte < 128) return value
    }
    throw new CompressionFault('an integer of more than 28 bits')
  }

  #text(): string {
    const isHuffman = this.#at < this.#end && (this.#block[this.#at] as number) >= 128
    const length = this.#integer(7)
    const start = this.#at
    const end = start + length
    if (end > this.#end) throw new CompressionFault('a text that goes on behind its block')
    this.#at = end
    return isHuffman ? readHuffman(this.#block, start, end) : this.#block.toString('latin1', start, end)
  }

  #byte(): number {
    if (this.#at >= this.#end) throw new CompressionFault('the block ends within a field')
    return this.#block[this.#at++] as number
  }
}
