import type { FrameEvents } from './frame-reader.js'
import { IncomingData } from './incoming-data.js'
import { IncomingHeaders, type OnStream } from './incoming-headers.js'
import { readSettings } from './settings.js'
import type { ConnectionState } from './state.js'
import { CODE, ConnectionFault, FLAG, FRAME } from './wire.js'

export interface IncomingEvents {
  readonly onStream: OnStream | undefined
  /** The peer's first settings have come. */
  onReady(): void
  onPong(): void
  /** What it throws ends the connection. */
  onPing(): void
  /** The peer takes no new streams. */
  onGoaway(): void
}

const NOTHING = Buffer.alloc(0)

/** What arrives on a connection, frame by frame, and what each kind changes (RFC 9113 6). Faults: ConnectionFault. */
export class Incoming implements FrameEvents {
  readonly #state: ConnectionState
  readonly #events: IncomingEvents
  readonly #headers: IncomingHeaders
  readonly #data: IncomingData
  #hasSettings = false

  constructor(state: ConnectionState, events: IncomingEvents) {
    this.#state = state
    this.#events = events
    this.#headers = new IncomingHeaders(state, events.onStream)
    this.#data = new IncomingData(state)
  }

  onFrame(type: number, flags: number, id: number, bytes: Buffer, start: number, end: number): void {
    this.#requireOrder(type, flags, id)
    if (type === FRAME.HEADERS) this.#headers.begin(flags, requireStream(id), bytes, start, end)
    else if (type === FRAME.CONTINUATION) this.#headers.goOn(flags, id, bytes, start, end)
    else this.#onOther(type, flags, id, bytes.subarray(start, end))
  }

  #onOther(type: number, flags: number, id: number, payload: Buffer): void {
    switch (type) {
      case FRAME.RST_STREAM:
        return this.#onReset(requireStream(id), payload)
      case FRAME.SETTINGS:
        return this.#onSettings(flags, requireConnection(id), payload)
      case FRAME.PING:
        return this.#onPing(flags, requireConnection(id), payload)
      case FRAME.GOAWAY:
        return this.#onGoaway(requireConnection(id), payload)
      case FRAME.WINDOW_UPDATE:
        return this.#onWindowUpdate(id, payload)
      case FRAME.PRIORITY:
        return this.#onPriority(requireStream(id), payload)
      case FRAME.PUSH_PROMISE:
        throw new ConnectionFault(CODE.PROTOCOL_ERROR, 'a promise that nobody wants')
      default:
        // Unknown kinds are ignored (RFC 9113 4.1).
        this.#state.idleFrames.spend()
    }
  }

  /** All that has come was read. */
  onAllRead(): void {
    this.#headers.tellStreams()
  }

  onDataBegin(id: number, flags: number, length: number): void {
    this.#requireOrder(FRAME.DATA, flags, id)
    this.#data.begin(requireStream(id), flags, length)
  }

  onData(bytes: Buffer): void {
    this.#data.take(bytes)
  }

  onDataEnd(): void {
    this.#data.end()
  }

  #requireOrder(type: number, flags: number, id: number): void {
    if (!this.#hasSettings && (type !== FRAME.SETTINGS || (flags & FLAG.ACK) !== 0))
      throw new ConnectionFault(CODE.PROTOCOL_ERROR, 'the first frame is not SETTINGS')
    const { openStream } = this.#headers
    if (openStream !== undefined && (type !== FRAME.CONTINUATION || id !== openStream))
      throw new ConnectionFault(CODE.PROTOCOL_ERROR, 'a frame within a header block')
  }

  #onReset(id: number, payload: Buffer): void {
    requireLength(payload, 4)
    const state = this.#state
    if (state.isIdle(id)) throw new ConnectionFault(CODE.PROTOCOL_ERROR, 'a reset of nothing')
    const stream = state.streams.get(id)
    if (!stream) return state.idleFrames.spend()
    if (state.isServer) state.resets.spend()
    stream.close(payload.readUInt32BE())
  }

  #onSettings(flags: number, _id: number, payload: Buffer): void {
    const state = this.#state
    state.idleFrames.spend()
    if (flags & FLAG.ACK) return requireLength(payload, 0)
    const before = state.peer
    state.peer = readSettings(before, payload, state.isServer ? 'client' : 'server')
    state.encoder.allow(state.peer.headerTableBytes)
    const wider = state.peer.initialWindow - before.initialWindow
    if (wider !== 0)
      for (const { sendWindow } of state.streams)
        if (!sendWindow.widen(wider)) throw new ConnectionFault(CODE.FLOW_CONTROL_ERROR, 'windows too large')
    state.output.frame(FRAME.SETTINGS, FLAG.ACK, 0, NOTHING)
    if (wider > 0) for (const stream of state.streams) stream.pump()
    if (this.#hasSettings) return
    this.#hasSettings = true
    this.#events.onReady()
  }

  #onPing(flags: number, _id: number, payload: Buffer): void {
    requireLength(payload, 8)
    this.#state.idleFrames.spend()
    if (flags & FLAG.ACK) return this.#events.onPong()
    this.#state.output.frame(FRAME.PING, FLAG.ACK, 0, payload)
    this.#events.onPing()
  }

  #onGoaway(_id: number, payload: Buffer): void {
    if (payload.length < 8) throw new ConnectionFault(CODE.FRAME_SIZE_ERROR, 'a cut GOAWAY')
    const state = this.#state
    const last = payload.readUInt32BE() & 0x7fffffff
    state.idleFrames.spend()
    state.isGoing = true
    // Those that the peer has not heard of may be sent to another one. A server opens none.
    if (!state.isServer) for (const stream of state.streams) if (stream.id > last) stream.close(CODE.REFUSED_STREAM)
    this.#events.onGoaway()
  }

  #onWindowUpdate(id: number, payload: Buffer): void {
    requireLength(payload, 4)
    const state = this.#state
    const more = payload.readUInt32BE() & 0x7fffffff
    if (id === 0) {
      if (more === 0) throw new ConnectionFault(CODE.PROTOCOL_ERROR, 'a window that is widened by nothing')
      if (!state.window.widen(more)) throw new ConnectionFault(CODE.FLOW_CONTROL_ERROR, 'the window is too large')
      if (state.window.isWiderThanNeeded()) state.idleFrames.spend()
      return state.pumpAwaiting()
    }
    if (state.isIdle(id)) throw new ConnectionFault(CODE.PROTOCOL_ERROR, 'a window of nothing')
    const stream = state.streams.get(id)
    if (!stream) return state.idleFrames.spend()
    if (more === 0) return stream.reset(CODE.PROTOCOL_ERROR)
    if (!stream.sendWindow.widen(more)) return stream.reset(CODE.FLOW_CONTROL_ERROR)
    if (stream.sendWindow.isWiderThanNeeded()) state.idleFrames.spend()
    stream.pump()
  }

  #onPriority(id: number, payload: Buffer): void {
    this.#state.idleFrames.spend()
    const isCut = payload.length !== 5
    if (!isCut && (payload.readUInt32BE() & 0x7fffffff) !== id) return
    // One that depends on itself: an error by RFC 7540, which the later one leaves open.
    const code = isCut ? CODE.FRAME_SIZE_ERROR : CODE.PROTOCOL_ERROR
    const stream = this.#state.streams.get(id)
    if (!stream) throw new ConnectionFault(code, 'a PRIORITY that is none')
    stream.reset(code)
  }
}

function requireStream(id: number): number {
  if (id === 0) throw new ConnectionFault(CODE.PROTOCOL_ERROR, 'a frame of a stream on the connection itself')
  return id
}

function requireConnection(id: number): number {
  if (id !== 0) throw new ConnectionFault(CODE.PROTOCOL_ERROR, 'a frame of the connection on a stream')
  return id
}

function requireLength(payload: Buffer, length: number): void {
  if (payload.length !== length) throw new ConnectionFault(CODE.FRAME_SIZE_ERROR, 'a frame of another size')
}
