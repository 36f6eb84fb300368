import { keepFor, Reading } from './reading.js'
import { CODE, ConnectionFault, FLAG, FRAME, FRAME_BYTES, HEADER_BYTES } from './wire.js'

export interface FrameEvents {
  /** A whole frame of any kind but DATA; its payload lies in `bytes`, from `start` to before `end`. */
  onFrame(type: number, flags: number, stream: number, bytes: Buffer, start: number, end: number): void
  /** A DATA frame begins. @param length of the whole payload, padding included: flow control counts that */
  onDataBegin(stream: number, flags: number, length: number): void
  /** Some bytes of the DATA frame that began last, without its padding. */
  onData(bytes: Buffer): void
  /** It has come as a whole. */
  onDataEnd(): void
  /** All that has arrived so far was handed on. */
  onAllRead(): void
}

/**
 * Cuts what arrives into frames. DATA is handed on as it comes, without a copy; other frames once they are whole, which
 * is soon: none may be larger than 16 KiB. Fault: ConnectionFault.
 */
export class FrameReader {
  readonly #events: FrameEvents
  /** The beginning of a header or of a frame that is not whole yet. */
  #parts: Buffer[] = []
  #partsBytes = 0
  #needed = HEADER_BYTES
  /** Of the DATA frame that is being read, without and with its padding; -1 outside of one. */
  #dataLeft = -1
  #paddingLeft = 0
  #reading: Reading | undefined

  constructor(events: FrameEvents) {
    this.#events = events
  }

  push(arrived: Buffer): void {
    let at = 0
    this.#reading = Reading.begin(arrived)
    while (at < arrived.length) at = this.#dataLeft >= 0 ? this.#readData(arrived, at) : this.#readFrame(arrived, at)
    this.#reading?.end()
    this.#events.onAllRead()
  }

  /** Reads one frame from `at`, or keeps what is there of it; of DATA only what comes before its bytes. */
  #readFrame(arrived: Buffer, at: number): number {
    let bytes = arrived
    let start = at
    if (this.#partsBytes > 0) {
      const missing = this.#needed - this.#partsBytes
      const piece = arrived.subarray(at, at + missing)
      if (!this.#keep(piece)) return arrived.length
      bytes = Buffer.concat(this.#parts)
      this.#forget()
      start = 0
      const used = this.#readWhole(bytes, start)
      if (used === 0) this.#keep(bytes)
      return at + piece.length
    }
    const used = this.#readWhole(bytes, start)
    if (used > 0) return start + used
    this.#keep(arrived.subarray(at))
    return arrived.length
  }

  /** How many bytes from `start` on were read; 0 when more are needed, and then `#needed` says how many. */
  #readWhole(bytes: Buffer, start: number): number {
    const there = bytes.length - start
    this.#needed = HEADER_BYTES
    if (there < HEADER_BYTES) return 0
    const length = ((bytes[start] as number) << 16) | ((bytes[start + 1] as number) << 8) | (bytes[start + 2] as number)
    const type = bytes[start + 3] as number
    if (length > FRAME_BYTES) throw new ConnectionFault(CODE.FRAME_SIZE_ERROR, `a frame of ${length} bytes`)
    const flags = bytes[start + 4] as number
    const stream =
      (((bytes[start + 5] as number) & 0x7f) << 24) |
      ((bytes[start + 6] as number) << 16) |
      ((bytes[start + 7] as number) << 8) |
      (bytes[start + 8] as number)
    const isPadded = (flags & FLAG.PADDED) !== 0
    if (type === FRAME.DATA) {
      this.#needed = HEADER_BYTES + (isPadded ? 1 : 0)
      if (there < this.#needed) return 0
      this.#beginData(stream, flags, length, isPadded ? (bytes[start + HEADER_BYTES] as number) + 1 : 0)
      return this.#needed
    }
    this.#needed = HEADER_BYTES + length
    if (there < this.#needed) return 0
    this.#events.onFrame(type, flags, stream, bytes, start + HEADER_BYTES, start + this.#needed)
    return this.#needed
  }

  #beginData(stream: number, flags: number, length: number, padding: number): void {
    if (padding > length) throw new ConnectionFault(CODE.PROTOCOL_ERROR, 'more padding than there is of the frame')
    this.#events.onDataBegin(stream, flags, length)
    this.#dataLeft = length - padding
    this.#paddingLeft = Math.max(0, padding - 1)
    this.#endData()
  }

  #readData(arrived: Buffer, at: number): number {
    const end = Math.min(arrived.length, at + this.#dataLeft)
    if (end > at) this.#events.onData(this.#piece(arrived, at, end))
    this.#dataLeft -= end - at
    const padding = Math.min(arrived.length - end, this.#paddingLeft)
    if (this.#dataLeft === 0) this.#paddingLeft -= padding
    this.#endData()
    return this.#dataLeft > 0 ? end : end + padding
  }

  #piece(arrived: Buffer, start: number, end: number): Buffer {
    const piece = arrived.subarray(start, end)
    if (this.#reading) keepFor(piece, this.#reading)
    return piece
  }

  #endData(): void {
    if (this.#dataLeft !== 0 || this.#paddingLeft > 0) return
    this.#dataLeft = -1
    this.#events.onDataEnd()
  }

  /** Copies it. Whether as much is there now as is needed. */
  #keep(piece: Buffer): boolean {
    this.#parts.push(Buffer.from(piece))
    this.#partsBytes += piece.length
    return this.#partsBytes >= this.#needed
  }

  #forget(): void {
    this.#parts = []
    this.#partsBytes = 0
  }
}
