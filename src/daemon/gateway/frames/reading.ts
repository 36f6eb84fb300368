/** A smaller one is freed as cheaply by V8. */
const LEAST_BYTES = 16 * 1024
/** So many are freed at once. */
const BATCH = 8

/** Freed with the next reading, when nobody is in the middle of anything. */
const unneeded: ArrayBuffer[] = []
/** Nobody listens, so what is moved there is freed. */
const { port1: nowhere, port2 } = new MessageChannel()
port2.close()

/**
 * What was read from a socket at once, where it is much: it is freed as soon as all of its pieces have been let go of. V8 would
 * do so when it collects garbage, and of large readings it has to often. Whoever keeps a piece and never lets go of it leaves
 * the reading to V8.
 */
export class Reading {
  readonly #memory: ArrayBuffer
  /** In bytes, so that a piece may be let go of in parts; all of it while it is read. */
  #needed: number

  private constructor(memory: ArrayBuffer) {
    this.#memory = memory
    this.#needed = memory.byteLength
  }

  /** Undefined where it is too little, or not all that lies there. */
  static begin(bytes: Buffer): Reading | undefined {
    if (unneeded.length >= BATCH) nowhere.postMessage(null, unneeded.splice(0))
    if (bytes.length < LEAST_BYTES || bytes.length !== bytes.buffer.byteLength) return undefined
    return new Reading(bytes.buffer as ArrayBuffer)
  }

  /** All of it was looked at, and the pieces that go on were named. */
  end(): void {
    this.letGo(this.#memory.byteLength)
  }

  keep(bytes: number): void {
    this.#needed += bytes
  }

  letGo(bytes: number): void {
    this.#needed -= bytes
    if (this.#needed === 0) unneeded.push(this.#memory)
  }
}

const reading = Symbol('reading')
type Piece = Buffer & { [reading]?: Reading }

/** Notes that a piece of a reading goes on. */
export function keepFor(piece: Buffer, of: Reading): void {
  ;(piece as Piece)[reading] = of
  of.keep(piece.length)
}

/** For one more who has a piece, and lets go of it himself. */
export const keep = (piece: Buffer): void => (piece as Piece)[reading]?.keep(piece.length)

/** Whoever had it reads it no more after this turn of the event loop. */
export const letGo = (piece: Buffer): void => (piece as Piece)[reading]?.letGo(piece.length)

/** A part of a piece, to be let go of as one. */
export function partOf(piece: Buffer, start: number, end: number): Buffer {
  const part: Piece = piece.subarray(start, end)
  const whole = (piece as Piece)[reading]
  if (whole) part[reading] = whole
  return part
}
