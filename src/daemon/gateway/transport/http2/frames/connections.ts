import type { Socket } from 'node:net'
import { CODE, ConnectionFault, type ConnectionLimits, FrameConnection } from '../../../frames/index.js'
import { TrackedSet } from '../../../tracked-set.js'
import { connectionOn } from '../../clients/index.js'
import { endWhenDead } from '../liveness.js'
import { PingStrikes, TOO_MANY_PINGS } from '../ping-strikes.js'
import { CONNECTION_WINDOW_BYTES, type Http2Config, type Http2Connections, type Http2Deps } from '../served-stream.js'
import { ServedFrameStream } from './stream.js'

/** Unread request bytes of one call. */
const STREAM_WINDOW_BYTES = 256 * 1024
/** So much of a header list is read that a client may be told in the words of gRPC that it is too large. */
const READ_HEADER_BYTES = 64 * 1024
/** Calls that a client may give up at once, and in each second from then on. */
const RESETS = { burst: 1_000, perSecond: 100 }
/** Far more than any client needs; so many cost a hundredth of a core. */
const IDLE_FRAMES = { burst: 10_000, perSecond: 5_000 }
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
    this.#limits = {
      maxStreams: config.maxStreamsPerConnection,
      maxHeaderBytes: config.maxHeaderBytes,
      readHeaderBytes: Math.max(READ_HEADER_BYTES, 2 * config.maxHeaderBytes),
      streamWindowBytes: STREAM_WINDOW_BYTES,
      connectionWindowBytes: CONNECTION_WINDOW_BYTES,
      resets: RESETS,
      idleFrames: IDLE_FRAMES,
    }
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
          if (strikes.isTooMuch()) throw new ConnectionFault(CODE.ENHANCE_YOUR_CALM, TOO_MANY_PINGS)
        },
        onLastStream: () => this.#untold.delete(frames),
        onEnd: () => {
          this.#untold.delete(frames)
          this.#open.delete(frames)
        },
        onFault: this.#deps.onFault,
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
      this.#config,
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
