import { isSmallPart, keep, letGo } from '../frames/index.js'

/** A longer request, or one in more pieces, is not kept: what each call may take up of memory is bounded. */
const MAX_BYTES = 64 * 1024
const MAX_PIECES = 16

/** What has been sent of a request, for as long as it may have to be sent once more. */
export class SentRequest {
  #pieces: Buffer[] | undefined = NONE
  #bytes = 0

  add(piece: Buffer): void {
    const pieces = this.#pieces
    if (!pieces) return
    this.#bytes += piece.length
    if (this.#bytes > MAX_BYTES || pieces.length === MAX_PIECES) return this.forget()
    const kept = isSmallPart(piece) ? Buffer.from(piece) : piece
    if (kept === piece) keep(piece)
    // A list of one, not an empty one that is added to: that would have room for many, and most requests are one piece.
    if (pieces.length === 0) this.#pieces = [kept]
    else pieces.push(kept)
  }

  forget(): void {
    for (const piece of this.#pieces ?? NONE) letGo(piece)
    this.#pieces = undefined
  }

  /** All of it; undefined when it was not kept. */
  get all(): Buffer | undefined {
    return this.#pieces && Buffer.concat(this.#pieces)
  }
}

/** Never added to. */
const NONE: Buffer[] = []
