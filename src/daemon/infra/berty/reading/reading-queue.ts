import type { Cid } from '../../contract/keys.js'

/** An entry of a list as it came, not decoded yet. */
export interface Entry {
  readonly id: Cid
  readonly bytes: Buffer
  /** Microseconds since 1970. */
  readonly receivedAt: number
  readonly isLive: boolean
  readonly isRepeat: boolean
}

export interface Limits {
  readonly entries: number
  readonly bytes: number
}

/** What a consumer takes: an entry, or that everything of a whole list is now behind it. */
export type Taken = Entry | 'history-read' | undefined

/**
 * Between Berty's streams and one consumer. Live entries are taken first and bounded hard, because their stream has to be
 * drained always; history waits, and holds its stream back when there is enough of it.
 */
export class ReadingQueue {
  readonly #live: Lane<Entry>
  readonly #history: Lane<Entry | 'history-read'>
  #wake: (() => void) | undefined
  #onSpace: (() => void) | undefined
  #onDrained: (() => void) | undefined
  #isEnded = false

  constructor(live: Limits, history: Limits) {
    this.#live = new Lane(live)
    this.#history = new Lane(history)
  }

  /** Entries that have come and are not taken yet. */
  get length(): number {
    return this.#live.length + this.#history.length
  }

  /** False when it is full: the entry is not taken. */
  addLive(entry: Entry): boolean {
    if (this.#live.isFull) return false
    this.#live.add(entry, entry.bytes.length)
    this.#tell()
    return true
  }

  /** @param onSpace called once when there is room again; told only when there is none left now */
  addHistory(entry: Entry, onSpace: () => void): 'room' | 'full' {
    this.#history.add(entry, entry.bytes.length)
    this.#tell()
    if (!this.#history.isFull) return 'room'
    this.#onSpace = onSpace
    return 'full'
  }

  endHistory(): void {
    this.#history.add('history-read', 0)
    this.#tell()
  }

  /** Resolves when the live entries are taken, or at the end. */
  drained(): Promise<void> {
    if (this.#live.isEmpty || this.#isEnded) return Promise.resolve()
    return new Promise((done) => (this.#onDrained = done))
  }

  /** Undefined at the end; one caller at a time. */
  async take(): Promise<Taken> {
    while (!this.#isEnded) {
      const taken = this.#live.take() ?? this.#history.take()
      if (taken !== undefined) {
        this.#tellSpace()
        return taken
      }
      await new Promise<void>((done) => (this.#wake = done))
    }
    return undefined
  }

  end(): void {
    this.#isEnded = true
    this.#tell()
    this.#onDrained?.()
  }

  #tell(): void {
    this.#wake?.()
    this.#wake = undefined
  }

  #tellSpace(): void {
    if (this.#live.isEmpty) {
      this.#onDrained?.()
      this.#onDrained = undefined
    }
    if (!this.#history.isHalfEmpty) return
    const onSpace = this.#onSpace
    this.#onSpace = undefined
    onSpace?.()
  }
}

/** First in, first out, in constant time for each, and with a count of its bytes. */
class Lane<T> {
  readonly #limits: Limits
  #in: { item: T; size: number }[] = []
  #out: { item: T; size: number }[] = []
  #bytes = 0

  constructor(limits: Limits) {
    this.#limits = limits
  }

  get length(): number {
    return this.#in.length + this.#out.length
  }

  get isEmpty(): boolean {
    return this.length === 0
  }

  get isFull(): boolean {
    return this.length >= this.#limits.entries || this.#bytes >= this.#limits.bytes
  }

  get isHalfEmpty(): boolean {
    return this.length <= this.#limits.entries / 2 && this.#bytes <= this.#limits.bytes / 2
  }

  add(item: T, size: number): void {
    this.#in.push({ item, size })
    this.#bytes += size
  }

  take(): T | undefined {
    if (this.#out.length === 0) {
      this.#out = this.#in.reverse()
      this.#in = []
    }
    const taken = this.#out.pop()
    this.#bytes -= taken?.size ?? 0
    return taken?.item
  }
}
