import { type ClientHttp2Session, connect } from 'node:http2'
import type { Socket } from 'node:net'
import { outlive } from '../../../../shared/outlive.js'
import { toNodeBlock } from '../../http2-headers/node-block.js'
import {
  CONNECTION_WINDOW_BYTES,
  MAX_HEADER_BYTES,
  type OpenSession,
  type ServiceSession,
  type SessionEvents,
  STREAM_WINDOW_BYTES,
} from '../service-stream.js'
import { NodeStream } from './stream.js'

/** Node would refuse streams above 10 MB of requests under way in all; what each may have is bounded by its window. */
const SESSION_MEMORY_MB = 1_024

/** Connects with node:http2. */
export const openNodeSession: OpenSession = ({ scheme, authority, connect: openSocket }, told) => {
  const events = closedOnce(told)
  const session = connect(`${scheme}://${authority}`, {
    settings: { enablePush: false, initialWindowSize: STREAM_WINDOW_BYTES, maxHeaderListSize: MAX_HEADER_BYTES },
    maxHeaderListPairs: 256,
    maxSessionMemory: SESSION_MEMORY_MB,
    createConnection: () =>
      openSocket(['h2']).on('error', (error) => {
        // A service that refuses our certificate says so after the handshake, and node's session hears nothing of it.
        events.onError(error)
        session.destroy(error)
        setImmediate(() => events.onClose())
      }),
  })
  return new NodeSession(session, events)
}

function closedOnce(events: SessionEvents): SessionEvents {
  let isClosed = false
  return {
    onReady: () => events.onReady(),
    onError: (error) => events.onError(error),
    onClose() {
      if (!isClosed) events.onClose()
      isClosed = true
    },
  }
}

class NodeSession implements ServiceSession {
  readonly #session: ClientHttp2Session
  #socket: Socket | undefined
  #hasGoaway = false

  constructor(session: ClientHttp2Session, events: SessionEvents) {
    this.#session = session
    session.on('error', (error: Error) => events.onError(error))
    session.once('goaway', () => (this.#hasGoaway = true))
    session.once('close', () => events.onClose())
    session.once('connect', (_session, socket) => {
      this.#socket = socket
      session.setLocalWindowSize(CONNECTION_WINDOW_BYTES)
      session.once('remoteSettings', () => events.onReady())
    })
  }

  open(headers: readonly string[], onClosed: () => void): NodeStream {
    const stream = this.#session.request(toNodeBlock(headers))
    stream.once('close', onClosed)
    outlive(this.#session, stream)
    return new NodeStream(stream)
  }

  ping(): boolean {
    return this.#session.ping(() => undefined)
  }

  close(): void {
    this.#session.close()
  }

  destroy(reason?: Error): void {
    this.#session.destroy(reason)
  }

  get maxStreams(): number {
    return this.#session.remoteSettings.maxConcurrentStreams ?? Infinity
  }

  get isGoing(): boolean {
    return this.#hasGoaway || this.#session.closed || this.#session.destroyed
  }

  /** A session that leaves is closed while its calls go on. */
  get isBroken(): boolean {
    return this.#session.destroyed || this.#socket?.destroyed === true
  }

  get bytesRead(): number {
    return this.#socket?.bytesRead ?? 0
  }
}
