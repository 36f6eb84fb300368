import { type ClientHttp2Session, connect, type SecureClientSessionOptions } from 'node:http2'
import { messageOf, type SnetError } from '../../../shared/errors.js'
import { packageVersion } from '../../../shared/package.js'
import type { Log, PartHealth } from '../../observability/index.js'
import { exchange } from './exchange.js'
import { outgoingHeaders } from './outgoing.js'
import type { Upstream } from './upstream.js'
import { cannotConnect, connectionLost } from './service-status.js'

export interface UpstreamConfig {
  /** `http` and `grpc` are cleartext, `https` and `grpcs` TLS with the system's roots. */
  readonly endpoint: URL
  readonly encoding: 'proto' | 'json'
  readonly maxMessageBytes: number
}

/** A call whose stream is not read leaves at most this much unread. */
const STREAM_WINDOW_BYTES = 256 * 1024
/** Far above what all calls together leave unread: one stalled call must not stall the others on the connection. */
const CONNECTION_WINDOW_BYTES = 2 ** 30
const MAX_HEADER_BYTES = 64 * 1024
const CONNECT_TIMEOUT_MS = 10_000

/** The service behind the gate: one HTTP/2 connection, made when the first call needs it and again when it is gone. */
export function connectGrpcUpstream(
  { endpoint, encoding, maxMessageBytes }: UpstreamConfig,
  deps: { log: Log },
): Upstream {
  const isTls = endpoint.protocol === 'https:' || endpoint.protocol === 'grpcs:'
  const scheme = isTls ? 'https' : 'http'
  const authority = `${endpoint.hostname}:${endpoint.port || (isTls ? '443' : '80')}`
  return upstream({ name: authority, authority, scheme, encoding, maxMessageBytes }, deps)
}

interface Peer {
  readonly name: string
  readonly authority: string
  readonly scheme: 'http' | 'https'
  readonly encoding: 'proto' | 'json'
  readonly maxMessageBytes: number
}

function upstream(peer: Peer, { log }: { log: Log }): Upstream {
  const userAgent = `snetd/${packageVersion()}`
  let current: Connection | undefined
  const usable = (): Connection => {
    if (!current?.isUsable) current = new Connection(peer, log)
    return current
  }
  return {
    async forward(call) {
      call.signal.throwIfAborted()
      const connection = usable()
      await exchange(connection.session, outgoingHeaders(call, { ...peer, userAgent }), call, {
        maxMessageBytes: peer.maxMessageBytes,
        explainBreak: (cause) => connection.explainBreak(cause),
      })
    },
    health: () => usable().health(),
    async [Symbol.asyncDispose]() {
      current?.session.destroy()
    },
  }
}

/** One connection, from the first attempt to its end. */
class Connection {
  readonly session: ClientHttp2Session
  readonly #peer: Peer
  #wasConnected = false
  #isGoing = false
  #error: NodeJS.ErrnoException | undefined

  constructor(peer: Peer, log: Log) {
    this.#peer = peer
    const options: SecureClientSessionOptions = {
      settings: { enablePush: false, initialWindowSize: STREAM_WINDOW_BYTES, maxHeaderListSize: MAX_HEADER_BYTES },
      maxHeaderListPairs: 256,
    }
    const session = connect(`${peer.scheme}://${peer.authority}`, options)
    this.session = session
    const timer = setTimeout(
      () => session.destroy(new Error(`no connection within ${CONNECT_TIMEOUT_MS} ms`)),
      CONNECT_TIMEOUT_MS,
    )
    session.once('connect', () => {
      clearTimeout(timer)
      this.#wasConnected = true
      session.setLocalWindowSize(CONNECTION_WINDOW_BYTES)
      log.debug('connected to the service', { endpoint: peer.name })
    })
    session.on('error', (error: NodeJS.ErrnoException) => {
      this.#error = error
      if (!this.#wasConnected)
        log.warn("can't connect to the service", { endpoint: peer.name, reason: messageOf(error) })
    })
    session.on('goaway', () => (this.#isGoing = true))
    session.once('close', () => clearTimeout(timer))
  }

  get isUsable(): boolean {
    return !this.#isGoing && !this.session.closed && !this.session.destroyed
  }

  /** Resolves once the connection stands, or has failed. */
  async health(): Promise<PartHealth> {
    if (!this.#wasConnected && this.isUsable) {
      await new Promise<void>((done) => this.session.once('connect', () => done()).once('close', () => done()))
    }
    if (this.isUsable) return { ok: true }
    const code = this.#error?.code
    return { ok: false, reason: code === undefined ? 'no connection' : `no connection: ${code}` }
  }

  /** Why a stream ended when its connection did; undefined while the connection lives. */
  explainBreak(cause: Error | undefined): SnetError | undefined {
    if (!this.session.destroyed && !this.session.closed) return undefined
    if (this.#wasConnected) return connectionLost(this.#peer.name)
    // A stream that still waited for its connection ends before the connection tells why, with that reason inside.
    const reason = this.#error ?? cause?.cause ?? cause ?? new Error('the connection was closed')
    return cannotConnect(this.#peer.authority, messageOf(reason))
  }
}
