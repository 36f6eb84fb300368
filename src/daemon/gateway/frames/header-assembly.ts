import { CODE, ConnectionFault, FLAG } from './wire.js'

/** A header block that is whole. */
export interface HeaderBlock {
  readonly stream: number
  readonly endsStream: boolean
  readonly block: Buffer
  /** The stream that this one was made dependent on; 0 where none is named. */
  readonly parent: number
}

const PRIORITY_BYTES = 5
/** A block in more pieces than this is sent to make us work (RFC 9113 10.5.1). */
const MAX_PIECES = 64

/** Puts a HEADERS frame and its CONTINUATION frames together; no other frame may come between them (RFC 9113 6.10). */
export class HeaderAssembly {
  readonly #maxBytes: number
  #open: (Omit<HeaderBlock, 'block'> & { readonly pieces: Buffer[]; bytes: number }) | undefined

  /** @param maxBytes of a block as it is sent, compressed */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** The stream whose block is not whole yet. */
  get openStream(): number | undefined {
    return this.#open?.stream
  }

  /** Undefined while more of the block is to come. Fault: ConnectionFault. */
  begin(flags: number, stream: number, payload: Buffer): HeaderBlock | undefined {
    const { piece, parent } = strip(flags, payload)
    const begun = { stream, parent, endsStream: (flags & FLAG.END_STREAM) !== 0 }
    if (flags & FLAG.END_HEADERS) return { ...begun, block: piece }
    this.#open = { ...begun, pieces: [Buffer.from(piece)], bytes: piece.length }
    return undefined
  }

  goOn(flags: number, stream: number, payload: Buffer): HeaderBlock | undefined {
    const open = this.#open
    if (open?.stream !== stream) throw new ConnectionFault(CODE.PROTOCOL_ERROR, 'a CONTINUATION of nothing')
    open.pieces.push(Buffer.from(payload))
    open.bytes += payload.length
    if (open.bytes > this.#maxBytes || open.pieces.length > MAX_PIECES)
      throw new ConnectionFault(CODE.ENHANCE_YOUR_CALM, 'a header block without end')
    if (!(flags & FLAG.END_HEADERS)) return undefined
    this.#open = undefined
    const { pieces, endsStream, parent } = open
    return { stream, endsStream, parent, block: Buffer.concat(pieces) }
  }
}

/** A block without the padding and the priority around it (RFC 9113 6.2). */
function strip(flags: number, payload: Buffer): { piece: Buffer; parent: number } {
  const isPadded = (flags & FLAG.PADDED) !== 0
  const hasPriority = (flags & FLAG.PRIORITY) !== 0
  const start = (isPadded ? 1 : 0) + (hasPriority ? PRIORITY_BYTES : 0)
  const end = payload.length - (isPadded ? (payload[0] ?? 0) : 0)
  if (start > payload.length) throw new ConnectionFault(CODE.FRAME_SIZE_ERROR, 'a cut HEADERS frame')
  if (start > end) throw new ConnectionFault(CODE.PROTOCOL_ERROR, 'more padding than there is of the frame')
  const parent = hasPriority ? payload.readUInt32BE(isPadded ? 1 : 0) & 0x7fffffff : 0
  return { piece: payload.subarray(start, end), parent }
}
