import { LARGEST_WINDOW } from './wire.js'

/** What a peer may still be sent; below zero after it lowered its setting (RFC 9113 6.9.2). */
export class SendWindow {
  left: number

  constructor(left: number) {
    this.left = left
  }

  /** False when it would be larger than allowed. */
  widen(by: number): boolean {
    this.left += by
    return this.left <= LARGEST_WINDOW
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

  /** Notes what has been read. Returns by how much the peer is to be told to go on; 0 for not yet. */
  credit(bytes: number): number {
    this.#read += bytes
    if (this.#read * 2 < this.#size) return 0
    const more = this.#read
    this.#read = 0
    this.#left += more
    return more
  }
}
