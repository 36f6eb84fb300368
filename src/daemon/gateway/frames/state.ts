import type { Socket } from 'node:net'
import { Budget, type BudgetLimits } from './budget.js'
import { HpackEncoder, type IsKept } from './hpack/index.js'
import { LARGEST_COPIED_BYTES, Output, type OnSent } from './output.js'
import { FIRST_SETTINGS, type PeerSettings } from './settings.js'
import { FrameStream, type StreamHost } from './stream.js'
import { Streams } from './streams.js'
import { CODE, DEFAULT_WINDOW, FLAG, FRAME, FRAME_BYTES, type FrameLimit, uint32 } from './wire.js'
import { ReceiveWindow, SendWindow } from './window.js'

export interface ConnectionLimits {
  /** Streams that the peer may have open; 0 for a client, whose peer opens none. */
  readonly maxStreams: number
  /** Of a header list, as the peer is told; what is larger is for whoever serves the stream to judge. */
  readonly maxHeaderBytes: number
  /** Of a header list that is read at all. */
  readonly readHeaderBytes: number
  /** What the peer may send ahead of who reads it, on one stream and on all together. */
  readonly streamWindowBytes: number
  readonly connectionWindowBytes: number
  /** Streams that the peer may open and take back at once. */
  readonly resets: BudgetLimits
  /** Frames that carry nothing: PING, SETTINGS, PRIORITY, empty DATA, windows that nobody needs, and frames for streams that are gone. */
  readonly idleFrames: BudgetLimits
}

export interface StateOptions {
  readonly role: 'client' | 'server'
  readonly limits: ConnectionLimits
  readonly isKept: IsKept
  readonly events: { readonly onLimit?: (limit: FrameLimit) => void }
}

/** What the parts of a connection share: its streams, both windows, and the way out. */
export class ConnectionState implements StreamHost {
  readonly isServer: boolean
  readonly limits: ConnectionLimits
  readonly output: Output
  readonly window = new SendWindow(DEFAULT_WINDOW)
  readonly receiveWindow: ReceiveWindow
  readonly streams = new Streams()
  readonly encoder: HpackEncoder
  readonly resets: Budget
  readonly idleFrames: Budget
  /** What the peer has told of itself. */
  peer: PeerSettings = FIRST_SETTINGS
  /** No new streams are opened any more. */
  isGoing = false
  /** The peer was told which of its streams was the last; those after it are refused. */
  hasSaidLast = false
  isOver = false
  #awaiting: FrameStream[] = []
  readonly #events: StateOptions['events']
  readonly #onStreamOver: () => void

  /** @param onStreamOver is called when there is a stream less */
  constructor(socket: Socket, { role, limits, isKept, events }: StateOptions, onStreamOver: () => void) {
    this.isServer = role === 'server'
    this.limits = limits
    this.output = new Output(socket, () => this.pumpAwaiting())
    this.receiveWindow = new ReceiveWindow(limits.connectionWindowBytes, DEFAULT_WINDOW)
    this.encoder = new HpackEncoder(isKept)
    this.resets = new Budget('resets', 'streams that are opened and taken back', limits.resets)
    this.idleFrames = new Budget('idle-frames', 'frames that carry nothing', limits.idleFrames)
    this.#events = events
    this.#onStreamOver = onStreamOver
  }

  get streamWindowBytes(): number {
    return this.limits.streamWindowBytes
  }

  addStream(id: number): FrameStream {
    const stream = new FrameStream(id, this, this.peer.initialWindow)
    this.streams.add(stream)
    return stream
  }

  /** Whether a stream of this number is one that the peer opens. */
  isRemote(id: number): boolean {
    return (id % 2 === 1) === this.isServer
  }

  /** Whether nobody has opened it yet. */
  isIdle(id: number): boolean {
    return this.streams.isIdle(id, this.isRemote(id))
  }

  /** The peer went beyond a limit. */
  note(limit: FrameLimit): void {
    this.#events.onLimit?.(limit)
  }

  /** There are as many streams as there may be. Fault: ConnectionFault for who tries too often. */
  refuseOneMore(id: number): void {
    this.note('streams')
    this.refuse(id, CODE.REFUSED_STREAM)
  }

  /** Answers the attempt to open a stream with a reset. Fault: ConnectionFault for who tries too often. */
  refuse(id: number, code: number): void {
    this.resets.spend()
    this.output.frame(FRAME.RST_STREAM, 0, id, uint32(code))
    this.streams.rememberReset(id)
  }

  sendHeaders(stream: FrameStream, fields: readonly string[], endsStream: boolean, onSent?: OnSent): void {
    const block = this.encoder.encode(fields)
    for (let at = 0; at === 0 || at < block.length; at += FRAME_BYTES) {
      const isLast = at + FRAME_BYTES >= block.length
      const type = at === 0 ? FRAME.HEADERS : FRAME.CONTINUATION
      const flags = (at === 0 && endsStream ? FLAG.END_STREAM : 0) | (isLast ? FLAG.END_HEADERS : 0)
      const piece = block.length <= LARGEST_COPIED_BYTES ? block : Buffer.from(block.subarray(at, at + FRAME_BYTES))
      this.output.frame(type, flags, stream.id, piece, isLast ? onSent : undefined)
    }
  }

  credit(bytes: number): void {
    const more = this.receiveWindow.credit(bytes)
    if (more > 0 && !this.isOver) this.output.frame(FRAME.WINDOW_UPDATE, 0, 0, uint32(more))
  }

  awaitRoom(stream: FrameStream): void {
    if (stream.isAwaiting) return
    stream.isAwaiting = true
    this.#awaiting.push(stream)
  }

  pumpAwaiting(): void {
    // In turn: who gets nothing now waits behind those who did.
    const awaiting = this.#awaiting
    this.#awaiting = []
    for (const stream of awaiting) {
      stream.isAwaiting = false
      stream.pump()
    }
  }

  forget(stream: FrameStream, isReset: boolean): void {
    this.streams.remove(stream.id, isReset)
    if (stream.isAwaiting) this.#awaiting = this.#awaiting.filter((other) => other !== stream)
    this.#onStreamOver()
  }
}
