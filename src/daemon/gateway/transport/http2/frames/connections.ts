import type { Socket } from 'node:net'
import { CODE, ConnectionFault, type ConnectionLimits, FrameConnection } from '../../../frames/index.js'
import { TrackedSet } from '../../../tracked-set.js'
import { connectionOn } from '../../clients/index.js'
import { endWhenDead } from '../liveness.js'
import { PingStrikes, TOO_MANY_PINGS } from '../ping-strikes.js'
import { CALL_WINDOWS, type Http2Config, type Http2Connections, type Http2Deps } from '../served-stream.js'
import { ServedFrameStream } from './stream.js'

/** So much of a header list is read that a client may be told in the words of gRPC that it is too large. */
const READ_HEADER_BYTES = 64 * 1024
/** What may come at once, by what may come in each second. */
const BURST_OF_RESETS = 10
const BURST_OF_IDLE_FRAMES = 2
/** Fields of answers that are the same in call after call. */
const KEPT: ReadonlySet<string> = new Set(['content-type', 'grpc-status', 'grpc-encoding', 'grpc-accept-encoding'])

/** The connections that clients make, with our own frame layer. */
export class FramedConnections implements Http2Connections {
  readonly #config: Http2Config
  readonly #limits: ConnectionLimits
  readonly #deps: Http2Deps
  readonly #open = new TrackedSet<FrameConnection>()
  /** Those that may open streams until they have heard of the stop. */
  readonly #untold = new TrackedSet<FrameConnection>()
  #isStopping = false

  constructor(config: Http2Config, deps: Http2Deps) {
    this.#config = config
    this.#deps = deps
    this.#limits = limitsOf(config)
  }

  take(socket: Socket): void {
    const connection = connectionOn(socket)
    const strikes = new PingStrikes(this.#config.minPingIntervalMs, () => socket.bytesWritten)
    const frames = new FrameConnection(socket, {
      role: 'server',
      limits: this.#limits,
      isKept: (name) => KEPT.has(name),
      events: {
        onStream: (stream, fields) => this.#deps.onStream(new ServedFrameStream(stream), fields, connection),
        onPing: () => {
          if (!strikes.isTooMuch()) return
          this.#deps.onLimit('pings')
          throw new ConnectionFault(CODE.ENHANCE_YOUR_CALM, TOO_MANY_PINGS)
        },
        onLastStream: () => this.#untold.delete(frames),
        onEnd: () => {
          this.#untold.delete(frames)
          this.#open.delete(frames)
        },
        onFault: this.#deps.onFault,
        onLimit: this.#deps.onLimit,
      },
    })
    this.#open.add(frames)
    endWhenDead(
      {
        get isOver() {
          return frames.isOver
        },
        get openCalls() {
          return frames.openStreams
        },
        ping(onAnswer) {
          strikes.noteOwn()
          frames.ping(onAnswer)
          return true
        },
        close: () => frames.close(),
        destroy: () => frames.destroy(),
      },
      socket,
      { ...this.#config, onLimit: this.#deps.onLimit },
    )
    if (this.#isStopping) frames.turnAway()
  }

  stopAccepting(): void {
    this.#isStopping = true
    for (const frames of this.#open) {
      if (!frames.hasSaidLast) this.#untold.add(frames)
      frames.close()
    }
  }

  whenTold(): Promise<void> {
    return this.#untold.empty()
  }

  whenClosed(): Promise<void> {
    return this.#open.empty()
  }
}

const limitsOf = ({ maxStreamsPerConnection, maxHeaderBytes, http2 }: Http2Config): ConnectionLimits => ({
  maxStreams: maxStreamsPerConnection,
  maxHeaderBytes,
  readHeaderBytes: Math.max(READ_HEADER_BYTES, 2 * maxHeaderBytes),
  streamWindowBytes: http2.callWindowBytes,
  connectionWindowBytes: CALL_WINDOWS * http2.callWindowBytes,
  resets: { burst: BURST_OF_RESETS * http2.resetsPerSecond, perSecond: http2.resetsPerSecond },
  idleFrames: { burst: BURST_OF_IDLE_FRAMES * http2.idleFramesPerSecond, perSecond: http2.idleFramesPerSecond },
})
