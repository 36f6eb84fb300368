import { letGo } from './reading.js'
import { isSmallPart } from './small-part.js'

/** What is smaller is copied beside others of its size: as an object of its own a byte would take some hundred. */
const SMALLEST_OF_ITS_OWN = 1024
const SLAB_BYTES = 4096

/**
 * What has come on a stream and was not read. It takes little more memory than its bytes, in however small pieces and among
 * whatever else they came; only the first piece stays where it is, as most calls have one and it is read at once.
 */
export class ArrivedBytes {
  #parts: Buffer[] = NONE
  /** Where the small pieces lie that came last, once there are some. */
  #slab: Buffer | undefined
  #slabEnd = 0

  get isEmpty(): boolean {
    return this.#parts.length === 0 && !this.#slab
  }

  get bytes(): number {
    return this.#parts.reduce((sum, { length }) => sum + length, this.#slabEnd)
  }

  push(piece: Buffer): void {
    if (this.isEmpty || isLarge(piece)) {
      this.#closeSlab()
      return this.#append(piece)
    }
    if (this.#slab && this.#slabEnd + piece.length > this.#slab.length) this.#closeSlab()
    this.#slab ??= Buffer.allocUnsafeSlow(Math.max(SLAB_BYTES, piece.length))
    this.#slabEnd += piece.copy(this.#slab, this.#slabEnd)
    letGo(piece)
  }

  shift(): Buffer | undefined {
    if (this.#parts.length === 0) this.#closeSlab()
    return this.#parts.shift()
  }

  /** Puts bytes before all others. */
  putBack(bytes: Buffer): void {
    this.#parts = [bytes, ...this.#parts]
  }

  #closeSlab(): void {
    if (!this.#slab) return
    this.#append(this.#slab.subarray(0, this.#slabEnd))
    this.#slab = undefined
    this.#slabEnd = 0
  }

  #append(part: Buffer): void {
    // A list of one, not an empty one that is added to: that would have room for many, and most calls have one message.
    if (this.#parts.length === 0) this.#parts = [part]
    else this.#parts.push(part)
  }
}

const isLarge = (piece: Buffer): boolean => piece.length >= SMALLEST_OF_ITS_OWN && !isSmallPart(piece)

/** Never added to. */
const NONE: never[] = []
