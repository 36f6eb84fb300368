import type { FrameStream } from './stream.js'

const FEWEST_SLOTS = 16
const MOST_SLOTS = 1_024

/**
 * The open streams of a connection, by number. A Map alone would do, but one that each call joins and leaves makes its table
 * anew again and again, and whatever stood in an old table V8 takes for alive until its next full collection: with many calls
 * at a time, half of all that they leave behind. So each has a slot by its number, and only who finds that taken is in a Map.
 */
export class OpenStreams implements Iterable<FrameStream> {
  #slots: (FrameStream | undefined)[] = emptySlots(FEWEST_SLOTS)
  readonly #others = new Map<number, FrameStream>()
  #count = 0

  get count(): number {
    return this.#count
  }

  get(id: number): FrameStream | undefined {
    const found = this.#slots[this.#slotOf(id)]
    if (found?.id === id) return found
    return this.#others.size === 0 ? undefined : this.#others.get(id)
  }

  add(stream: FrameStream): void {
    this.#count++
    if (this.#count * 2 > this.#slots.length && this.#slots.length < MOST_SLOTS) this.#grow()
    this.#place(stream)
  }

  remove(id: number): void {
    const slot = this.#slotOf(id)
    if (this.#slots[slot]?.id === id) this.#slots[slot] = undefined
    else if (!this.#others.delete(id)) return
    this.#count--
  }

  *[Symbol.iterator](): Generator<FrameStream> {
    for (const stream of this.#slots) if (stream) yield stream
    yield* this.#others.values()
  }

  #place(stream: FrameStream): void {
    const slot = this.#slotOf(stream.id)
    if (this.#slots[slot]) this.#others.set(stream.id, stream)
    else this.#slots[slot] = stream
  }

  #grow(): void {
    const all = [...this]
    this.#slots = emptySlots(this.#slots.length * 2)
    this.#others.clear()
    for (const stream of all) this.#place(stream)
  }

  /** Numbers of one side are all odd, or all even. */
  #slotOf(id: number): number {
    return (id >> 1) & (this.#slots.length - 1)
  }
}

const emptySlots = (count: number): (FrameStream | undefined)[] => Array<undefined>(count).fill(undefined)
