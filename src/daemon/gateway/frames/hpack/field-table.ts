import { STATIC_COUNT, STATIC_FIELDS } from './static-table.js'

/** What a field takes of a table beside its characters (RFC 7541 4.1). */
const OVERHEAD_BYTES = 32

export const sizeOfField = (name: string, value: string): number => name.length + value.length + OVERHEAD_BYTES

/**
 * The fields that one side has told the other to remember, newest first; numbers go on after those of the static table
 * (RFC 7541 2.3). The oldest go when there is no room.
 */
export class FieldTable {
  /** Names and values in turn, oldest first, behind those that are gone. */
  #fields: string[] = []
  #gone = 0
  #added = 0
  #version = 0
  #bytes = 0
  #maxBytes: number

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  get maxBytes(): number {
    return this.#maxBytes
  }

  /** How many were ever added. */
  get added(): number {
    return this.#added
  }

  /** Another one after each change: as long as it is the same, each number stands for the same field. */
  get version(): number {
    return this.#version
  }

  get count(): number {
    return (this.#fields.length - this.#gone) / 2
  }

  resize(maxBytes: number): void {
    this.#version++
    this.#maxBytes = maxBytes
    this.#evict()
  }

  /** One that is larger than the table empties it (RFC 7541 4.4). */
  add(name: string, value: string): void {
    this.#fields.push(name, value)
    this.#added++
    this.#version++
    this.#bytes += sizeOfField(name, value)
    this.#evict()
  }

  /** The place of a field in what `fieldAt` reads; undefined for a number that nothing has. */
  placeOf(index: number): number | undefined {
    if (index <= STATIC_COUNT) return index === 0 ? undefined : (index - 1) * 2
    const back = index - STATIC_COUNT
    return back > this.count ? undefined : STATIC_FIELDS.length + this.#fields.length - back * 2
  }

  nameAt(place: number): string {
    return this.#textAt(place)
  }

  valueAt(place: number): string {
    return this.#textAt(place + 1)
  }

  #textAt(at: number): string {
    return (at < STATIC_FIELDS.length ? STATIC_FIELDS[at] : this.#fields[at - STATIC_FIELDS.length]) as string
  }

  #evict(): void {
    while (this.#bytes > this.#maxBytes) {
      this.#bytes -= sizeOfField(this.#fields[this.#gone] as string, this.#fields[this.#gone + 1] as string)
      this.#gone += 2
    }
    if (this.#gone < 256 || this.#gone * 2 < this.#fields.length) return
    this.#fields = this.#fields.slice(this.#gone)
    this.#gone = 0
  }
}
