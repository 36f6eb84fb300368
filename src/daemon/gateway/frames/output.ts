import type { Socket } from 'node:net'
import { letGo } from './reading.js'
import { giveSlab, takeSlab } from './slabs.js'
import { FLAG, FRAME, HEADER_BYTES, writeFrameHeader } from './wire.js'

/** Frames up to this size are copied beside each other; larger payloads go out where they lie. */
export const LARGEST_COPIED_BYTES = 8_192
/** What may wait for the socket before those who write are asked to wait themselves. */
const HIGH_WATER_BYTES = 256 * 1024

const NOTHING = Buffer.alloc(0)
/** Never added to. */
const NONE: never[] = []

/** Bytes of an answer that have been handed to the socket, for whoever keeps account of them. */
export type OnSent = (bytes: number) => void

/** What goes out on a connection: all that comes up in one turn of the event loop leaves with one write. */
export class Output {
  readonly #socket: Socket
  readonly #onRoom: () => void
  #slab: Buffer = NOTHING
  /** Full ones with something that was not flushed. */
  #full: Buffer[] = NONE
  #slabStart = 0
  #slabEnd = 0
  /** Where the header of the newest frame lies in the slab, and the stream whose DATA it is; 0 for none, or once it has left. */
  #lastAt = 0
  #lastDataOf = 0
  #ready: Buffer[] = []
  #waiting: { readonly onSent: OnSent; readonly bytes: number }[] = []
  #bytes = 0
  /** Flushes that the socket has not taken as a whole. */
  #unwritten = 0
  #isScheduled = false
  #wasFull = false

  /** @param onRoom is called when there is room again after there was none */
  constructor(socket: Socket, onRoom: () => void) {
    this.#socket = socket
    this.#onRoom = onRoom
  }

  /** Whether whoever writes may go on; what must go out, such as acknowledgements, is taken anyway. */
  get hasRoom(): boolean {
    const hasRoom = this.#bytes + this.#socket.writableLength < HIGH_WATER_BYTES
    if (!hasRoom) this.#wasFull = true
    return hasRoom
  }

  /**
   * @param payload is let go of once the socket has it, or it was copied
   * @param onSent is told once the socket has the payload
   */
  frame(type: number, flags: number, stream: number, payload: Buffer, onSent?: OnSent): void {
    const isCopied = payload.length <= LARGEST_COPIED_BYTES
    const at = this.#reserve(HEADER_BYTES + (isCopied ? payload.length : 0))
    writeFrameHeader(this.#slab, at, payload.length, type, flags, stream)
    this.#lastAt = at
    this.#lastDataOf = type === FRAME.DATA ? stream : 0
    if (isCopied) {
      payload.copy(this.#slab, at + HEADER_BYTES)
      letGo(payload)
    } else {
      this.#endSlice()
      this.#ready.push(payload)
    }
    this.#added(HEADER_BYTES + payload.length)
    if (onSent) this.#waiting.push({ onSent, bytes: payload.length })
  }

  /** Ends a stream: with its newest DATA where that is the last that has come up, with an empty one else. */
  endStream(stream: number, onSent: OnSent): void {
    if (this.#lastDataOf !== stream) return this.frame(FRAME.DATA, FLAG.END_STREAM, stream, NOTHING, onSent)
    this.#slab[this.#lastAt + 4] = FLAG.END_STREAM
    this.#waiting.push({ onSent, bytes: 0 })
  }

  /** Bytes that are no frame of their own. */
  raw(bytes: Buffer): void {
    this.#lastDataOf = 0
    this.#endSlice()
    this.#ready.push(bytes)
    this.#added(bytes.length)
  }

  flush(): void {
    this.#isScheduled = false
    this.#lastDataOf = 0
    this.#endSlice()
    const ready = this.#ready
    const last = ready.pop()
    if (!last) return
    const waiting = this.#waiting
    const full = this.#full
    this.#ready = []
    this.#waiting = []
    this.#full = NONE
    this.#bytes = 0
    this.#unwritten++
    const onWritten = (): void => {
      for (const slab of full) giveSlab(slab)
      for (const bytes of ready) letGo(bytes)
      letGo(last)
      if (--this.#unwritten === 0 && this.#bytes === 0) this.#leaveSlab()
      for (const { onSent, bytes } of waiting) onSent(bytes)
      if (!this.#wasFull || !this.hasRoom) return
      this.#wasFull = false
      this.#onRoom()
    }
    if (this.#socket.destroyed) return onWritten()
    if (ready.length > 0) this.#socket.cork()
    for (const bytes of ready) this.#socket.write(bytes)
    this.#socket.write(last, onWritten)
    if (ready.length > 0) this.#socket.uncork()
  }

  #added(bytes: number): void {
    this.#bytes += bytes
    if (this.#isScheduled) return
    this.#isScheduled = true
    setImmediate(() => this.flush())
  }

  #reserve(bytes: number): number {
    if (this.#slabEnd + bytes > this.#slab.length) {
      this.#endSlice()
      if (this.#slab !== NOTHING) this.#full = this.#full === NONE ? [this.#slab] : [...this.#full, this.#slab]
      this.#slab = takeSlab()
      this.#slabStart = this.#slabEnd = 0
    }
    const at = this.#slabEnd
    this.#slabEnd += bytes
    return at
  }

  /** Whoever writes next takes another: a connection that is quiet keeps none. */
  #leaveSlab(): void {
    if (this.#slab === NOTHING) return
    giveSlab(this.#slab)
    this.#slab = NOTHING
    this.#slabStart = this.#slabEnd = 0
  }

  #endSlice(): void {
    if (this.#slabEnd > this.#slabStart) this.#ready.push(this.#slab.subarray(this.#slabStart, this.#slabEnd))
    this.#slabStart = this.#slabEnd
  }
}
