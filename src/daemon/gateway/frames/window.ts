import { LARGEST_WINDOW } from './wire.js'

/** What a peer may still be sent; below zero after it lowered its setting (RFC 9113 6.9.2). */
export class SendWindow {
  left: number
  #widest: number
  #hasGrown = false

  constructor(left: number) {
    this.left = left
    this.#widest = left
  }

  /** False when it would be larger than allowed. */
  widen(by: number): boolean {
    this.left += by
    return this.left <= LARGEST_WINDOW
  }

  /**
   * Whether the peer has made it wider than it ever was, and not for the first time. It gives back what it has read, and
   * can say at once how much it takes: more than that asks us to work for nothing.
   */
  isWiderThanNeeded(): boolean {
    if (this.left <= this.#widest) return false
    this.#widest = this.left
    if (this.#hasGrown) return true
    this.#hasGrown = true
    return false
  }
}

/** What a peer may still send: it is told of more once half of it has been read here. */
export class ReceiveWindow {
  readonly #size: number
  #left: number
  #read = 0

  /** @param left is smaller than the size until the peer has been told of the rest */
  constructor(size: number, left = size) {
    this.#size = size
    this.#left = left
    this.#read = size - left
  }

  /** False when the peer sends more than it may. */
  take(bytes: number): boolean {
    this.#left -= bytes
    return this.#left >= 0
  }

  /** Notes what has been read, or below zero was put back. Returns by how much the peer is to be told to go on; 0 for not yet. */
  credit(bytes: number): number {
    this.#read += bytes
    if (this.#read * 2 < this.#size) return 0
    const more = this.#read
    this.#read = 0
    this.#left += more
    return more
  }
}
