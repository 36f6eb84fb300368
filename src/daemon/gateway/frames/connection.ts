import type { Socket } from 'node:net'
import { FrameReader } from './frame-reader.js'
import type { IsKept } from './hpack/index.js'
import { Incoming } from './incoming.js'
import type { OnStream } from './incoming-headers.js'
import { type PeerSettings, writeSettings } from './settings.js'
import { type ConnectionLimits, ConnectionState } from './state.js'
import type { FrameStream } from './stream.js'
import { CODE, ConnectionFault, FRAME, type FrameLimit, LARGEST_STREAM, PREFACE, SETTING } from './wire.js'

export interface ConnectionEvents {
  readonly onStream?: OnStream
  /** The peer's first settings have come. */
  readonly onReady?: () => void
  /** The peer asks for a sign of life. A ConnectionFault that it throws is told to the peer, and ends the connection. */
  readonly onPing?: () => void
  /** The peer knows that it can open no more streams: none comes any more. */
  readonly onLastStream?: () => void
  /** The peer went beyond a limit: what it began was refused, or the connection ends. */
  readonly onLimit?: (limit: FrameLimit) => void
  /** It is over. @param fault what the peer did wrong, or what kept the socket from going on */
  readonly onEnd?: (fault: Error | undefined) => void
  /** What ends it is neither: a mistake of ours. */
  readonly onFault?: (fault: unknown) => void
}

export interface ConnectionOptions {
  readonly role: 'client' | 'server'
  /** The number of the first stream that is opened from here, 1 where none is given. */
  readonly firstStream?: number
  readonly limits: ConnectionLimits
  /** Fields whose values come again and again. */
  readonly isKept: IsKept
  readonly events: ConnectionEvents
}

/** Time for the last frames of a connection that ends to reach its peer. */
const END_MS = 1_000

/** One HTTP/2 connection over a socket, for either side (RFC 9113). It knows nothing of what its streams carry. */
export class FrameConnection {
  readonly #socket: Socket
  readonly #options: ConnectionOptions
  readonly #state: ConnectionState
  readonly #reader: FrameReader
  #prefaceLeft: number
  #isBroken = false
  #pings: (() => void)[] = []

  constructor(socket: Socket, options: ConnectionOptions) {
    this.#socket = socket
    this.#options = options
    this.#state = new ConnectionState(socket, options, () => this.#endWhenIdle())
    this.#prefaceLeft = this.#state.isServer ? PREFACE.length : 0
    const { onStream, onReady, onPing } = options.events
    this.#reader = new FrameReader(
      new Incoming(this.#state, {
        onStream,
        onReady: () => onReady?.(),
        onPing: () => onPing?.(),
        onPong: () => this.#pings.shift()?.(),
        onGoaway: () => this.#onGoaway(),
      }),
    )
    this.#begin()
  }

  /** What the peer has told of itself. */
  get peer(): PeerSettings {
    return this.#state.peer
  }

  get openStreams(): number {
    return this.#state.streams.count
  }

  /** Whether no new streams can be opened. */
  get isGoing(): boolean {
    return this.#state.isGoing
  }

  get isOver(): boolean {
    return this.#state.isOver
  }

  /** Whether it ended before its streams. */
  get isBroken(): boolean {
    return this.#isBroken
  }

  /** Whether streams of the peer are refused, as it was told. */
  get hasSaidLast(): boolean {
    return this.#state.hasSaidLast
  }

  /** Opens a stream as a client. The peer may refuse it where it has too many. With the last number the connection ends (RFC 9113 5.1.1). */
  open(fields: readonly string[], endsStream: boolean): FrameStream {
    const { streams } = this.#state
    streams.lastLocal = streams.lastLocal === 0 ? (this.#options.firstStream ?? 1) : streams.lastLocal + 2
    const stream = this.#state.addStream(streams.lastLocal)
    stream.sendHeaders(fields, endsStream)
    if (streams.lastLocal === LARGEST_STREAM) this.close()
    return stream
  }

  ping(onAnswer: () => void): void {
    this.#pings.push(onAnswer)
    this.#state.output.frame(FRAME.PING, 0, 0, Buffer.alloc(8))
  }

  /**
   * Ends the connection once its streams are done. The peer is told twice: first that it is to open no more, and when
   * that must have reached it, which ones were heard (RFC 9113 6.8).
   */
  close(): void {
    const state = this.#state
    if (state.isGoing) return
    state.isGoing = true
    if (!state.isServer) return this.#endWhenIdle()
    this.#goaway(LARGEST_STREAM, CODE.NO_ERROR)
    this.ping(() => {
      if (state.isOver) return
      this.#sayLast()
    })
  }

  /** As `close`, for a peer that has opened nothing: whatever it sends is refused unread, so that it may ask elsewhere. */
  turnAway(): void {
    this.#state.isGoing = true
    this.#sayLast()
  }

  /** Ends it at once. */
  destroy(fault?: Error): void {
    this.#finish(fault)
    this.#socket.destroy()
  }

  #begin(): void {
    const { isServer, limits, output } = this.#state
    if (!isServer) output.raw(PREFACE)
    const ofRole = isServer
      ? ([SETTING.MAX_CONCURRENT_STREAMS, limits.maxStreams] as const)
      : ([SETTING.ENABLE_PUSH, 0] as const)
    const settings = writeSettings([
      ofRole,
      [SETTING.INITIAL_WINDOW_SIZE, limits.streamWindowBytes],
      [SETTING.MAX_HEADER_LIST_SIZE, limits.maxHeaderBytes],
    ])
    output.frame(FRAME.SETTINGS, 0, 0, settings)
    // Tells of the part of the connection's window that both sides do not have from the start.
    this.#state.credit(0)
    this.#socket.on('data', this.#onBytes).resume()
    this.#socket.once('end', () => this.destroy())
    this.#socket.once('close', () => this.#finish(undefined))
    this.#socket.on('error', (fault) => this.destroy(fault))
  }

  readonly #onBytes = (bytes: Buffer): void => {
    if (this.#state.isOver) return
    try {
      this.#reader.push(this.#prefaceLeft > 0 ? this.#takePreface(bytes) : bytes)
    } catch (fault) {
      this.#fail(fault)
    }
  }

  #takePreface(bytes: Buffer): Buffer {
    const piece = bytes.subarray(0, this.#prefaceLeft)
    const start = PREFACE.length - this.#prefaceLeft
    if (!piece.equals(PREFACE.subarray(start, start + piece.length)))
      throw new ConnectionFault(CODE.PROTOCOL_ERROR, 'this is not HTTP/2')
    this.#prefaceLeft -= piece.length
    return bytes.subarray(piece.length)
  }

  #onGoaway(): void {
    // A client that leaves opens no more: it need not be told so itself.
    if (this.#state.isServer) this.#noteLast()
    this.#endWhenIdle()
  }

  #sayLast(): void {
    this.#goaway(this.#state.streams.lastRemote, CODE.NO_ERROR)
    this.#noteLast()
    this.#endWhenIdle()
  }

  #noteLast(): void {
    this.#state.hasSaidLast = true
    this.#options.events.onLastStream?.()
  }

  /** The peer broke the rules, or we did: it is told which, and heard no more. */
  #fail(fault: unknown): void {
    const isTheirs = fault instanceof ConnectionFault
    const { code, message } = isTheirs ? fault : { code: CODE.INTERNAL_ERROR, message: '' }
    if (isTheirs && fault.limit) this.#state.note(fault.limit)
    if (!isTheirs) this.#options.events.onFault?.(fault)
    this.#goaway(this.#state.streams.lastRemote, code, message)
    this.#finish(fault as Error)
    this.#leave()
  }

  #goaway(last: number, code: number, text = ''): void {
    const payload = Buffer.alloc(8 + text.length)
    payload.writeUInt32BE(last)
    payload.writeUInt32BE(code, 4)
    payload.write(text, 8, 'latin1')
    this.#state.output.frame(FRAME.GOAWAY, 0, 0, payload)
  }

  #finish(fault: Error | undefined): void {
    if (this.#state.isOver) return
    this.#state.isOver = true
    this.#state.isGoing = true
    this.#isBroken = this.#state.streams.count > 0
    // Told first, so that whoever asks on behalf of a stream knows why.
    this.#options.events.onEnd?.(fault)
    for (const stream of this.#state.streams) stream.close(CODE.CANCEL)
  }

  /** What was said last goes out, then the socket ends; what still comes in is thrown away. */
  #leave(): void {
    this.#state.output.flush()
    this.#socket.end()
    this.#socket.resume()
    const timer = setTimeout(() => this.#socket.destroy(), END_MS)
    this.#socket.once('close', () => clearTimeout(timer))
  }

  #endWhenIdle(): void {
    const { isOver, isGoing, isServer, streams, hasSaidLast } = this.#state
    if (isOver || !isGoing || streams.count > 0 || (isServer && !hasSaidLast)) return
    if (!isServer) this.#goaway(0, CODE.NO_ERROR)
    this.#finish(undefined)
    this.#leave()
  }
}
