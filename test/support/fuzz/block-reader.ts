import { HpackDecoder } from '../../../src/daemon/gateway/frames/hpack/index.js'
import { FLAG, FRAME } from '../frames.js'
import { type Arrived, contentOf } from './frame-cutter.js'
import type { Lines } from './hpack-writer.js'

export interface Block {
  readonly stream: number
  readonly fields: Lines
  readonly ends: boolean
}

/** Puts the header blocks of a connection together and reads them. */
export class BlockReader {
  readonly #decoder = new HpackDecoder({ maxTableBytes: 65_536, maxListBytes: 1 << 20 })
  #open: { readonly stream: number; readonly ends: boolean; readonly pieces: Buffer[] } | undefined

  /** Whether a block is not whole yet, and this frame is none of its pieces. */
  isWithin({ type, stream }: Arrived): boolean {
    return this.#open !== undefined && (type !== FRAME.continuation || stream !== this.#open.stream)
  }

  /** Undefined while more is to come. */
  push(arrived: Arrived): Block | undefined {
    const { type, flags, stream } = arrived
    if (type === FRAME.headers) this.#open = { stream, ends: (flags & FLAG.endStream) !== 0, pieces: [] }
    if (!this.#open) throw new Error('a CONTINUATION of nothing')
    this.#open.pieces.push(type === FRAME.headers ? contentOf(arrived, true) : arrived.payload)
    if ((flags & FLAG.endHeaders) === 0) return undefined
    const { pieces, ends } = this.#open
    this.#open = undefined
    const flat = this.#decoder.decode(Buffer.concat(pieces)) ?? []
    const fields = Array.from(
      { length: flat.length / 2 },
      (_none, at) => [flat[2 * at] as string, flat[2 * at + 1] as string] as const,
    )
    return { stream, fields, ends }
  }
}
