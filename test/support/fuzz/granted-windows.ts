import type { Dice } from '../attacker/dice.js'
import { frame, FRAME, uint32 } from '../frames.js'

type Setting = readonly [id: number, value: number]

/** What the other side may send: windows that are opened in steps, and settings that change on the way. */
export class GrantedWindows {
  readonly #dice: Dice
  readonly #push: (bytes: Buffer) => void
  readonly #onFault: (what: string) => void
  /** Streams that may still bring something, with what they may bring at once. */
  readonly #left = new Map<number, number>()
  readonly #closed = new Set<number>()
  readonly #unacknowledged: (readonly Setting[])[] = []
  /** Grants up to this size, which grows a little each time, once no more is left than `#low`. */
  #step: number
  readonly #low: number
  #initial = 65_535
  #connection = 65_535
  mostPayload = 16_384

  constructor(dice: Dice, push: (bytes: Buffer) => void, onFault: (what: string) => void) {
    this.#dice = dice
    this.#push = push
    this.#onFault = onFault
    this.#step = dice.pick([10, 2_000, 20_000, 200_000])
    this.#low = dice.pick([0, 1, 1_000, 50_000])
  }

  firstSettings(more: readonly Setting[]): Buffer {
    return this.#write([...more, ...(this.#dice.oneIn(3) ? [] : this.#someSettings())])
  }

  settings(): Buffer {
    return this.#write(this.#someSettings())
  }

  #someSettings(): Setting[] {
    const all: readonly Setting[] = [
      [1, this.#dice.pick([0, 1, 100, 4096, 5000, 65_536])],
      [4, this.#dice.pick([0, 1, 100, 65_535, 300_000])],
      [5, this.#dice.pick([16_384, 20_000, 100_000])],
      [6, 1 << 20],
      [0x99, 7],
    ]
    return all.filter(() => this.#dice.oneIn(2))
  }

  #write(settings: readonly Setting[]): Buffer {
    this.#unacknowledged.push(settings)
    const entries = settings.map(([id, value]) => Buffer.concat([Buffer.from([0, id]), uint32(value)]))
    return frame(FRAME.settings, { payload: Buffer.concat(entries) })
  }

  /** From here on the other side keeps to what it was told. */
  onAck(): void {
    const settings = this.#unacknowledged.shift()
    if (!settings) return this.#onFault('settings that were acknowledged and never sent')
    for (const [id, value] of settings) {
      if (id === 5) this.mostPayload = value
      if (id !== 4) continue
      for (const [stream, left] of this.#left) this.#left.set(stream, left + value - this.#initial)
      this.#initial = value
    }
  }

  open(stream: number): void {
    if (!this.#left.has(stream) && !this.#closed.has(stream)) this.#left.set(stream, this.#initial)
  }

  /** Nothing more is awaited of it. */
  close(stream: number): void {
    this.#closed.add(stream)
    this.#left.delete(stream)
  }

  take(stream: number, bytes: number): void {
    this.#connection -= bytes
    if (this.#connection < 0) this.#onFault(`${-this.#connection} bytes above the connection's window`)
    const left = this.#left.get(stream)
    if (left === undefined) return
    this.#left.set(stream, left - bytes)
    if (bytes > 0 && left - bytes < 0) this.#onFault(`${bytes - left} bytes above the window of stream ${stream}`)
  }

  /** @returns whether there is somebody who may need more soon */
  grantSome(): boolean {
    let isNeeded = false
    for (const [stream, left] of this.#left) {
      if (left > this.#low) continue
      isNeeded = true
      if (!this.#dice.oneIn(2)) continue
      const more = this.#dice.between(1, Math.floor(this.#step))
      this.#step = Math.min(1_000_000, this.#step * 1.05)
      this.#left.set(stream, left + more)
      this.#push(frame(FRAME.windowUpdate, { stream, payload: uint32(more) }))
    }
    if (this.#connection <= this.#low && this.#left.size > 0)
      this.#push(this.grantConnection(this.#dice.between(1, Math.floor(4 * this.#step))))
    return isNeeded
  }

  grantConnection(more: number): Buffer {
    this.#connection += more
    return frame(FRAME.windowUpdate, { payload: uint32(more) })
  }
}
