import type { ConnectionState } from './state.js'
import type { FrameStream } from './stream.js'
import { CODE, ConnectionFault, FLAG } from './wire.js'

/** The DATA frames of a connection (RFC 9113 6.1). Faults: ConnectionFault. */
export class IncomingData {
  readonly #state: ConnectionState
  #stream: FrameStream | undefined
  #endsStream = false
  /** Of the frame's payload, padding included. */
  #length = 0
  #left = 0

  constructor(state: ConnectionState) {
    this.#state = state
  }

  begin(id: number, flags: number, length: number): void {
    const state = this.#state
    if (state.isIdle(id)) throw new ConnectionFault(CODE.PROTOCOL_ERROR, 'DATA of nothing')
    if (!state.receiveWindow.take(length)) throw new ConnectionFault(CODE.FLOW_CONTROL_ERROR, 'more DATA than allowed')
    this.#endsStream = (flags & FLAG.END_STREAM) !== 0
    this.#length = this.#left = length
    this.#stream = this.#streamFor(id)
    if (this.#stream?.takeWindow(length) === false) this.#stream.reset(CODE.FLOW_CONTROL_ERROR)
    // An answer begins with its headers (RFC 9113 8.1).
    else if (this.#stream?.hasAnswer === false && !state.isServer) this.#stream.reset(CODE.PROTOCOL_ERROR)
  }

  take(bytes: Buffer): void {
    this.#left -= bytes.length
    if (this.#stream) this.#stream.receive(bytes)
    else this.#state.credit(bytes.length)
  }

  end(): void {
    const stream = this.#stream
    // Nothing but padding is as good as nothing.
    if (this.#left === this.#length && !this.#endsStream) this.#state.idleFrames.spend()
    // What is left is padding: it counts as read as soon as it has come.
    if (this.#left > 0 && stream) stream.credit(this.#left)
    else if (this.#left > 0) this.#state.credit(this.#left)
    if (this.#endsStream && stream && !stream.isClosed && !stream.endRemote()) stream.reset(CODE.PROTOCOL_ERROR)
  }

  /** The open stream that a frame is for. What is still under way to one that was reset here is no fault. */
  #streamFor(id: number): FrameStream | undefined {
    const stream = this.#state.streams.get(id)
    if (stream && !stream.hasRemoteEnded) return stream
    if (this.#state.streams.wasReset(id)) this.#state.idleFrames.spend()
    else throw new ConnectionFault(CODE.STREAM_CLOSED, 'DATA on a stream that is over')
    return undefined
  }
}
