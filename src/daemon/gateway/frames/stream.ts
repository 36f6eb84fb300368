import { ArrivedBytes } from './arrived-bytes.js'
import type { OnSent, Output } from './output.js'
import { partOf } from './reading.js'
import type { StreamEvents } from './stream-events.js'
import { CODE, FRAME, FRAME_BYTES, uint32 } from './wire.js'
import { ReceiveWindow, SendWindow } from './window.js'

/** What a stream needs of its connection. */
export interface StreamHost {
  readonly output: Output
  readonly window: SendWindow
  readonly streamWindowBytes: number
  sendHeaders(stream: FrameStream, fields: readonly string[], endsStream: boolean, onSent?: OnSent): void
  /** Tells the peer that so much of what it sent has been read. */
  credit(bytes: number): void
  /** Calls `pump` of the stream once the connection may take more. */
  awaitRoom(stream: FrameStream): void
  /** It is over. @param isReset by this side, so that more of it may be under way */
  forget(stream: FrameStream, isReset: boolean): void
}

/** What may wait for the peer's window before whoever writes is asked to wait. */
const HIGH_WATER_BYTES = 64 * 1024

interface Waiting {
  readonly bytes: Buffer
  readonly onSent: OnSent | undefined
}

/** One stream of a connection (RFC 9113 5.1), for either side. */
export class FrameStream {
  events: StreamEvents = NOBODY
  readonly id: number
  readonly sendWindow: SendWindow
  readonly #host: StreamHost
  readonly #receiveWindow: ReceiveWindow
  readonly #arrived = new ArrivedBytes()
  /** What had come and was not read when the stream was broken off, and is gone. */
  lostBytes = 0
  #isDiscarding = false
  /** For a client: the headers of the answer have come, and what comes next are trailers. */
  hasAnswer = false
  #hasRemoteEnded = false
  #waiting: Waiting[] = NONE
  #waitingBytes = 0
  #end: { readonly trailers: readonly string[] | undefined } | undefined
  #hasLocalEnded = false
  headersSent = false
  #isClosed = false
  #isFull = false
  /** For the connection: whether it is among those that go on when there is room. */
  isAwaiting = false
  #resetCode: number | undefined
  #hasAllSent = false
  #hasToldClosed = false
  /** For the connection: body bytes that were announced and have not come (RFC 9113 8.1.1); undefined where none were announced. */
  announced: number | undefined

  constructor(id: number, host: StreamHost, sendWindow: number) {
    this.id = id
    this.#host = host
    this.sendWindow = new SendWindow(sendWindow)
    this.#receiveWindow = new ReceiveWindow(host.streamWindowBytes)
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Whether the peer has sent its last frame, read or not. */
  get hasRemoteEnded(): boolean {
    return this.#hasRemoteEnded
  }

  // What comes in.

  read(): Buffer | undefined {
    const bytes = this.#arrived.shift()
    if (!bytes) return undefined
    this.credit(bytes.length)
    if (this.#isClosed && this.#arrived.isEmpty) queueMicrotask(() => this.#tellClosed())
    return bytes
  }

  /** What has come and was not read. */
  get unreadBytes(): number {
    return this.#arrived.bytes
  }

  /** Whether whoever writes is asked to wait. */
  get isFull(): boolean {
    return this.#isFull
  }

  /** Whether this side has said that it sends no more. */
  get hasLocalEnd(): boolean {
    return this.#end !== undefined || this.#hasLocalEnded
  }

  /** Whether all that this side had to say has been sent. */
  get hasLocalEnded(): boolean {
    return this.#hasLocalEnded
  }

  /** Puts bytes back, which then count as unread again, for the windows too. */
  unread(bytes: Buffer): void {
    this.credit(-bytes.length)
    this.#arrived.putBack(bytes)
  }

  get isReadToEnd(): boolean {
    return this.#hasRemoteEnded && this.#arrived.isEmpty
  }

  /** Throws away what has come and what will come. */
  discard(): void {
    this.#isDiscarding = true
    for (let bytes = this.read(); bytes; bytes = this.read());
  }

  /** For the connection: bytes of a DATA frame, without its padding. */
  receive(bytes: Buffer): void {
    if (this.announced !== undefined) this.announced -= bytes.length
    if (this.#isDiscarding || this.#isClosed) return this.credit(bytes.length)
    this.#arrived.push(bytes)
    this.events.onNews?.()
  }

  /** For the connection: takes a DATA frame's whole length. False when the peer sends more than it may. */
  takeWindow(bytes: number): boolean {
    return this.#receiveWindow.take(bytes)
  }

  /** For the connection: the peer sends no more. False when it has sent another length than announced. */
  endRemote(): boolean {
    if ((this.announced ?? 0) !== 0) return false
    this.#hasRemoteEnded = true
    this.events.onNews?.()
    this.#closeWhenDone()
    return true
  }

  /** Notes what has been read, or below zero was put back; for the connection: padding is as soon as it has come. */
  credit(bytes: number): void {
    this.#host.credit(bytes)
    if (this.#hasRemoteEnded || this.#isClosed) return
    const more = this.#receiveWindow.credit(bytes)
    if (more > 0) this.#host.output.frame(FRAME.WINDOW_UPDATE, 0, this.id, uint32(more))
  }

  // What goes out.

  sendHeaders(fields: readonly string[], endsStream = false): void {
    if (this.#isClosed || this.#hasLocalEnded) return
    this.headersSent = true
    if (endsStream) this.#hasLocalEnded = true
    this.#host.sendHeaders(this, fields, endsStream, endsStream ? () => this.#onAllSent() : undefined)
    if (endsStream) this.#closeWhenDone()
  }

  /**
   * Whoever writes what was read from a stream reads it no more, and writes it once; else he has to `keep` it first. False asks
   * the writer to wait for `onRoom`.
   * @param onSent is told when the socket has the bytes, or nobody will
   */
  write(bytes: Buffer, onSent?: OnSent): boolean {
    if (this.#isClosed || this.#end) {
      onSent?.(bytes.length)
      return true
    }
    if (!this.#sendAtOnce(bytes, onSent)) {
      const waiting = { bytes, onSent }
      if (this.#waiting.length === 0) this.#waiting = [waiting]
      else this.#waiting.push(waiting)
      this.#waitingBytes += bytes.length
      this.pump()
    }
    this.#isFull = this.#waitingBytes >= HIGH_WATER_BYTES || !this.#host.output.hasRoom
    if (this.#isFull) this.#host.awaitRoom(this)
    return !this.#isFull
  }

  /** Ends this side behind all that was written. */
  end(trailers?: readonly string[]): void {
    if (this.#isClosed || this.#end || this.#hasLocalEnded) return
    this.#end = { trailers }
    this.pump()
  }

  /** Sends as much of what waits as both windows and the socket take. */
  pump(): void {
    while (this.#waiting.length > 0) if (!this.#sendFrame()) return
    if (this.#end && !this.#hasLocalEnded && !this.#isClosed) this.#sendEnd(this.#end.trailers)
    if (!this.#isFull) return
    if (!this.#host.output.hasRoom) return this.#host.awaitRoom(this)
    this.#isFull = false
    this.events.onRoom?.()
  }

  /** As most goes out: whole, in one frame, with nothing to wait for. */
  #sendAtOnce(bytes: Buffer, onSent: OnSent | undefined): boolean {
    const { output, window } = this.#host
    const most = Math.min(this.sendWindow.left, window.left, FRAME_BYTES)
    if (this.#waiting.length > 0 || bytes.length > most || !output.hasRoom) return false
    this.sendWindow.left -= bytes.length
    window.left -= bytes.length
    output.frame(FRAME.DATA, 0, this.id, bytes, onSent)
    return true
  }

  /** One frame of what waits; false when that must wait. */
  #sendFrame(): boolean {
    const [first] = this.#waiting as [Waiting]
    const { output, window } = this.#host
    const length = Math.min(first.bytes.length, this.sendWindow.left, window.left, FRAME_BYTES)
    if (length <= 0 && first.bytes.length > 0) {
      if (window.left <= 0) this.#host.awaitRoom(this)
      return false
    }
    if (!output.hasRoom) {
      this.#host.awaitRoom(this)
      return false
    }
    this.sendWindow.left -= length
    window.left -= length
    this.#waitingBytes -= length
    const isAll = length === first.bytes.length
    if (isAll) this.#waiting.shift()
    else this.#waiting[0] = { bytes: partOf(first.bytes, length, first.bytes.length), onSent: first.onSent }
    output.frame(FRAME.DATA, 0, this.id, isAll ? first.bytes : partOf(first.bytes, 0, length), first.onSent)
    return true
  }

  #sendEnd(trailers: readonly string[] | undefined): void {
    this.#hasLocalEnded = true
    const onSent = (): void => this.#onAllSent()
    if (trailers) this.#host.sendHeaders(this, trailers, true, onSent)
    else this.#host.output.endStream(this.id, onSent)
    this.#closeWhenDone()
  }

  // Its end.

  #onAllSent(): void {
    this.#hasAllSent = true
    // Also of a stream that is over: what has come of its request and was not read keeps it until it is thrown away.
    this.events.onAllSent?.()
    this.#tellClosed()
  }

  #closeWhenDone(): void {
    if (this.#isClosed || !this.#hasLocalEnded || !this.#hasRemoteEnded) return
    this.#isClosed = true
    this.#host.forget(this, false)
    this.#tellClosed()
  }

  /** After a good end only when all that was sent has left, and all that came was read. */
  #tellClosed(): void {
    if (!this.#isClosed || this.#hasToldClosed || !this.#arrived.isEmpty) return
    if (this.#resetCode === undefined && !this.#hasAllSent) return
    this.#hasToldClosed = true
    this.events.onClose?.(this.#resetCode)
  }

  /** Tells the peer that the stream is over, and lets go of all that waits. */
  reset(code: number = CODE.CANCEL): void {
    if (this.#isClosed) return
    this.#host.output.frame(FRAME.RST_STREAM, 0, this.id, uint32(code))
    this.#drop(code, true)
  }

  /** For the connection: the peer has ended the stream, or the connection is over. */
  close(code: number): void {
    this.#drop(code, false)
  }

  #drop(code: number, isByUs: boolean): void {
    if (this.#isClosed) return
    this.#isClosed = true
    for (const { bytes, onSent } of this.#waiting.splice(0)) onSent?.(bytes.length)
    this.#waitingBytes = 0
    this.#isFull = false
    this.#host.forget(this, isByUs)
    this.#resetCode = code
    // A peer that has said all may want no more of what it is told (RFC 9113 8.1): its answer is still to be read.
    if (code !== CODE.NO_ERROR || isByUs || !this.#hasRemoteEnded) {
      this.lostBytes = this.unreadBytes
      this.discard()
    }
    this.events.onNews?.()
    this.events.onRoom?.()
    this.#tellClosed()
  }
}

const NOBODY: StreamEvents = {}
/** Never added to. */
const NONE: never[] = []
