import { CODE, ConnectionFault, FLAG, FRAME_BYTES } from './wire.js'

const PRIORITY_BYTES = 5
/** A block in more pieces than this, and than twice what it needs, is sent to make us work (RFC 9113 10.5.1). */
const MAX_PIECES = 64
const NOTHING = Buffer.alloc(0)

/**
 * Puts a HEADERS frame and its CONTINUATION frames together; no other frame may come between them (RFC 9113 6.10). What
 * came last as a whole stands in the fields here, as making an object for each would cost more than all else.
 */
export class HeaderAssembly {
  readonly #maxBytes: number
  readonly #maxPieces: number
  #pieces: Buffer[] | undefined
  #piecesBytes = 0
  stream = 0
  endsStream = false
  /** The stream that this one was made dependent on; 0 where none is named. */
  parent = 0
  /** The block lies in these bytes, from `start` to before `end`. */
  bytes: Buffer = NOTHING
  start = 0
  end = 0

  /** @param maxBytes of a block as it is sent, compressed */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
    this.#maxPieces = Math.max(MAX_PIECES, (2 * maxBytes) / FRAME_BYTES)
  }

  /** The stream whose block is not whole yet. */
  get openStream(): number | undefined {
    return this.#pieces ? this.stream : undefined
  }

  /** A HEADERS frame, whose payload lies in `bytes`. False while more of the block is to come. Fault: ConnectionFault. */
  begin(flags: number, stream: number, bytes: Buffer, start: number, end: number): boolean {
    this.stream = stream
    this.endsStream = (flags & FLAG.END_STREAM) !== 0
    this.parent = 0
    this.bytes = bytes
    this.start = start
    this.end = end
    if (flags & (FLAG.PADDED | FLAG.PRIORITY)) this.#strip(flags)
    if (flags & FLAG.END_HEADERS) return true
    this.#pieces = []
    this.#piecesBytes = 0
    this.#keep(bytes, this.start, this.end)
    return false
  }

  goOn(flags: number, stream: number, bytes: Buffer, start: number, end: number): boolean {
    const pieces = this.#pieces
    if (!pieces || this.stream !== stream) throw new ConnectionFault(CODE.PROTOCOL_ERROR, 'a CONTINUATION of nothing')
    this.#keep(bytes, start, end)
    if (this.#piecesBytes > this.#maxBytes || pieces.length > this.#maxPieces)
      throw new ConnectionFault(CODE.ENHANCE_YOUR_CALM, 'a header block without end', 'header-block')
    if (!(flags & FLAG.END_HEADERS)) return false
    this.#pieces = undefined
    this.bytes = Buffer.concat(pieces)
    this.start = 0
    this.end = this.bytes.length
    return true
  }

  /** A copy: what they lie in is large, and gone by the time that the next piece comes. */
  #keep(bytes: Buffer, start: number, end: number): void {
    this.#pieces?.push(Buffer.from(bytes.subarray(start, end)))
    this.#piecesBytes += end - start
  }

  /** Leaves the padding and the priority around a block out (RFC 9113 6.2). */
  #strip(flags: number): void {
    const { bytes, start: begin, end } = this
    const isPadded = (flags & FLAG.PADDED) !== 0
    const hasPriority = (flags & FLAG.PRIORITY) !== 0
    const start = begin + (isPadded ? 1 : 0) + (hasPriority ? PRIORITY_BYTES : 0)
    if (start > end) throw new ConnectionFault(CODE.FRAME_SIZE_ERROR, 'a cut HEADERS frame')
    this.start = start
    this.end = end - (isPadded ? (bytes[begin] as number) : 0)
    if (start > this.end) throw new ConnectionFault(CODE.PROTOCOL_ERROR, 'more padding than there is of the frame')
    if (hasPriority) this.parent = bytes.readUInt32BE(begin + (isPadded ? 1 : 0)) & 0x7fffffff
  }
}
