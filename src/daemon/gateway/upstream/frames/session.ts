import type { Socket } from 'node:net'
import { ConnectionFault, type ConnectionLimits, FrameConnection } from '../../frames/index.js'
import {
  CONNECTION_WINDOW_BYTES,
  MAX_HEADER_BYTES,
  type OpenSession,
  type ServiceSession,
  type SessionEvents,
  STREAM_WINDOW_BYTES,
} from '../service-stream.js'
import { FramedServiceStream } from './stream.js'

/** The service is the provider's own program: these bounds keep a broken one from taking all of the processor. */
const LIMITS: ConnectionLimits = {
  maxStreams: 0,
  maxHeaderBytes: MAX_HEADER_BYTES,
  readHeaderBytes: MAX_HEADER_BYTES,
  streamWindowBytes: STREAM_WINDOW_BYTES,
  connectionWindowBytes: CONNECTION_WINDOW_BYTES,
  resets: { burst: 10_000, perSecond: 10_000 },
  idleFrames: { burst: 100_000, perSecond: 100_000 },
}

/** Fields that are the same in call after call. */
const KEPT: ReadonlySet<string> = new Set([
  ':path',
  ':authority',
  'content-type',
  'te',
  'user-agent',
  'snet-user-address',
])

/** Connects with our own frame layer. */
export const openFramedSession: OpenSession = (address, events) => {
  const socket = address.connect(['h2'])
  const session = new FramedSession(socket, events)
  socket.once(address.scheme === 'https' ? 'secureConnect' : 'connect', () => session.begin())
  return session
}

const notHttp2 = (why: string): Error => Object.assign(new Error(why), { code: 'ERR_HTTP2_ERROR' })

class FramedSession implements ServiceSession {
  readonly #socket: Socket
  readonly #events: SessionEvents
  #connection: FrameConnection | undefined

  constructor(socket: Socket, events: SessionEvents) {
    this.#socket = socket
    this.#events = events
    socket.on('error', (error) => events.onError(error))
    socket.once('close', () => events.onClose())
  }

  begin(): void {
    this.#connection = new FrameConnection(this.#socket, {
      role: 'client',
      limits: LIMITS,
      isKept: (name) => KEPT.has(name),
      events: {
        onReady: () => this.#events.onReady(),
        onEnd: (fault) => {
          if (fault) this.#events.onError(fault instanceof ConnectionFault ? notHttp2(fault.message) : fault)
        },
      },
    })
  }

  open(headers: readonly string[], onClosed: () => void): FramedServiceStream {
    return new FramedServiceStream((this.#connection as FrameConnection).open(headers, false), onClosed)
  }

  ping(): boolean {
    if (!this.#connection || this.isGoing) return false
    this.#connection.ping(() => undefined)
    return true
  }

  close(): void {
    if (this.#connection) this.#connection.close()
    else this.#socket.destroy()
  }

  destroy(reason?: Error): void {
    if (this.#connection) this.#connection.destroy(reason)
    else this.#socket.destroy(reason)
  }

  get maxStreams(): number {
    return this.#connection?.peer.maxStreams ?? 0
  }

  get isGoing(): boolean {
    return this.#socket.destroyed || this.#connection?.isGoing === true
  }

  get isBroken(): boolean {
    return this.#connection?.isBroken === true
  }

  get bytesRead(): number {
    return this.#socket.bytesRead
  }
}
