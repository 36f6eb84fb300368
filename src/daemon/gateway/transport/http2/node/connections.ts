import {
  constants,
  performServerHandshake,
  type ServerHttp2Session,
  type ServerHttp2Stream,
  type ServerOptions,
} from 'node:http2'
import type { Socket } from 'node:net'
import { TrackedSet } from '../../../tracked-set.js'
import { connectionOn } from '../../clients/index.js'
import type { ConnectionLimit } from '../../connection-limits.js'
import { endWhenDead, type Peer } from '../liveness.js'
import { PingStrikes, TOO_MANY_PINGS } from '../ping-strikes.js'
import { CALL_WINDOWS, type Http2Config, type Http2Connections, type Http2Deps } from '../served-stream.js'
import { ServedNodeStream } from './stream.js'

const SESSION_MEMORY_MB = 64
/** What nghttp2 calls a flood, too many frames that are invalid, and too many CONTINUATION frames. */
const LIMIT_OF_ERROR: Readonly<Record<number, ConnectionLimit>> = {
  [-904]: 'idle-frames',
  [-902]: 'idle-frames',
  [-905]: 'header-block',
}

/** The HTTP/2 sessions, each made for its own socket: node's server would refuse some, and tells not whose a session is. */
export class NodeConnections implements Http2Connections {
  readonly #config: Http2Config
  readonly #options: ServerOptions
  readonly #deps: Pick<Http2Deps, 'onStream' | 'onLimit'>
  readonly #sessions = new TrackedSet<ServerHttp2Session>()

  constructor(config: Http2Config, deps: Pick<Http2Deps, 'onStream' | 'onLimit'>) {
    this.#config = config
    this.#deps = deps
    this.#options = {
      maxSessionMemory: SESSION_MEMORY_MB,
      maxSessionInvalidFrames: 100,
      maxSessionRejectedStreams: 100,
      maxHeaderListPairs: 256,
      settings: {
        maxConcurrentStreams: config.maxStreamsPerConnection,
        maxHeaderListSize: config.maxHeaderBytes,
        initialWindowSize: config.http2.callWindowBytes,
        enablePush: false,
      },
    }
  }

  take(socket: Socket): void {
    const { onStream, onLimit } = this.#deps
    const session = performServerHandshake(socket, this.#options)
    this.#sessions.add(session)
    session.once('close', () => this.#sessions.delete(session))
    session.on('error', (error: NodeJS.ErrnoException) => {
      const limit = LIMIT_OF_ERROR[error.errno ?? 0]
      if (limit) onLimit(limit)
      session.destroy()
    })
    session.setLocalWindowSize(CALL_WINDOWS * this.#config.http2.callWindowBytes)
    const strikes = new PingStrikes(this.#config.minPingIntervalMs, () => socket.bytesWritten)
    session.on('ping', () => {
      if (!strikes.isTooMuch() || session.destroyed) return
      onLimit('pings')
      session.goaway(constants.NGHTTP2_ENHANCE_YOUR_CALM, 0, Buffer.from(TOO_MANY_PINGS))
      session.destroy()
    })
    endWhenDead(peerOn(session, strikes), socket, { ...this.#config, onLimit })
    const connection = connectionOn(socket)
    session.on('stream', (stream: ServerHttp2Stream, _headers, _flags, ...[raw]: unknown[]) => {
      // A reset by the peer is an 'error' here and a cancelled call there: the stream's 'close' tells the call.
      stream.on('error', () => undefined)
      // A reset without an error is none: what was not read of the request would keep the stream, and with it the session.
      stream.once('aborted', () => setImmediate(() => stream.destroy()))
      // Taken back in the same breath it is closed before node tells of it: there is nobody to answer.
      if (!stream.closed && !stream.destroyed) onStream(new ServedNodeStream(stream), raw as string[], connection)
    })
  }

  /** Tells every client to open no new streams. */
  stopAccepting(): void {
    for (const session of this.#sessions) session.close()
  }

  /** Node names the last stream at once, and what comes behind it is refused. */
  whenTold(): Promise<void> {
    return Promise.resolve()
  }

  /** Resolves when every session has ended. */
  whenClosed(): Promise<void> {
    return this.#sessions.empty()
  }
}

function peerOn(session: ServerHttp2Session, strikes: PingStrikes): Peer {
  let open = 0
  session.on('stream', (stream) => {
    open++
    stream.once('close', () => open--)
  })
  return {
    get isOver() {
      return session.destroyed
    },
    get openCalls() {
      return open
    },
    ping(onAnswer) {
      strikes.noteOwn()
      // One without calls is over as soon as it was told to close, and would throw.
      return !session.destroyed && session.ping(onAnswer)
    },
    close: () => session.close(),
    destroy: () => session.destroy(),
  }
}
