import { createServer as createHttp1Server, type RequestListener } from 'node:http'
import {
  createServer as createHttp2Server,
  type Http2Server,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { SnetError } from '../../shared/errors.js'
import { hostPortText } from '../../shared/host-port.js'
import type { TlsPair } from '../../shared/tls-files.js'
import { endWhenDead, endWhenSlow, type Patience } from './liveness.js'
import { TrackedSet, within } from './tracked-set.js'

export interface FrontConfig extends Patience {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  /** Undefined for cleartext. */
  readonly tls: TlsPair | undefined
  /** A connection that has not said what it speaks by then is closed, and so is one with half an HTTP/1.1 request. */
  readonly firstBytesTimeoutMs: number
  readonly maxHeaderBytes: number
  readonly maxStreamsPerConnection: number
  readonly maxConnections: number
}

export interface FrontDeps {
  readonly onStream: (stream: ServerHttp2Stream, rawHeaders: readonly string[]) => void
  readonly onHttp1: RequestListener
  /** A connection could not be taken, as without file descriptors: who asked for it tries again. */
  readonly onRefusal: (error: Error) => void
}

export interface Front {
  readonly address: { readonly host: string; readonly port: number }
  /** No new connections; the open ones are told to open no new streams. */
  stopAccepting(): void
  /** Resolves when no stream is open: every answer has left, or its client has. */
  idle(): Promise<void>
  /** Closes what is left; who does not take his last bytes soon is cut off. */
  close(): Promise<void>
}

const HTTP2_PREFACE = 'PRI '
const HTTP1_METHODS = /^(?:OPTI|GET |HEAD|POST|PUT |DELE|TRAC|CONN|PATC)/
const SORTING_BYTES = 4
/** Unread request bytes that one connection may leave with us, so that one slow call does not stall the others. */
const CONNECTION_WINDOW_BYTES = 8 * 1024 * 1024
const SESSION_MEMORY_MB = 64
/** Time for the last bytes of a connection that is closed to reach its peer. */
const CLOSE_TIMEOUT_MS = 1_000

/** In the reference's order: a browser gets HTTP/1.1, a gRPC client offers nothing but h2. */
const ALPN = ['http/1.1', 'h2']

/** One port: HTTP/2 and HTTP/1.1 are told apart by their first bytes, after TLS where there is any (snet-wire 5.1). */
export async function openFront(config: FrontConfig, deps: FrontDeps): Promise<Front> {
  const sessions = new TrackedSet<ServerHttp2Session>()
  const streams = new TrackedSet<ServerHttp2Stream>()
  const http2 = http2Server(config, deps, { sessions, streams })
  const http1 = createHttp1Server({ maxHeaderSize: config.maxHeaderBytes }, deps.onHttp1)
  endWhenSlow(http1, config.firstBytesTimeoutMs)
  const sockets = new TrackedSet<Socket>()
  const server = listener(config, (socket) => sort(socket, config, http1, http2))
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
  })
  server.maxConnections = config.maxConnections
  const address = await listen(server, config)
  // Unheard, the second of them would end the process.
  server.on('error', deps.onRefusal)
  return {
    address,
    stopAccepting() {
      server.close()
      for (const session of sessions) session.close()
    },
    idle: () => streams.empty(),
    async close() {
      const closed = new Promise<void>((done) => (server.listening ? server.close(() => done()) : done()))
      for (const session of sessions) session.close()
      await within(CLOSE_TIMEOUT_MS, sessions.empty())
      for (const session of sessions) session.destroy()
      for (const socket of sockets) socket.destroy()
      await Promise.all([closed, sockets.empty()])
    },
  }
}

/** @param onConnection gets connections whose bytes are ours to read, after TLS where there is any */
function listener({ tls, firstBytesTimeoutMs }: FrontConfig, onConnection: (socket: Socket) => void): Server {
  if (!tls) return createServer({ noDelay: true }, onConnection)
  const server = createTlsServer(
    { ...tls, ALPNProtocols: ALPN, handshakeTimeout: firstBytesTimeoutMs, noDelay: true },
    (socket) => {
      socket.on('error', () => socket.destroy())
      onConnection(socket)
    },
  )
  // A handshake that fails is its client's trouble.
  return server.on('tlsClientError', (_error, socket) => socket.destroy())
}

function http2Server(
  config: FrontConfig,
  { onStream }: FrontDeps,
  open: { sessions: TrackedSet<ServerHttp2Session>; streams: TrackedSet<ServerHttp2Stream> },
): Http2Server {
  const server = createHttp2Server({
    maxSessionMemory: SESSION_MEMORY_MB,
    maxSessionInvalidFrames: 100,
    maxSessionRejectedStreams: 100,
    maxHeaderListPairs: 256,
    settings: {
      maxConcurrentStreams: config.maxStreamsPerConnection,
      maxHeaderListSize: config.maxHeaderBytes,
      enablePush: false,
    },
  })
  server.on('session', (session) => {
    open.sessions.add(session)
    session.setLocalWindowSize(CONNECTION_WINDOW_BYTES)
    session.once('close', () => open.sessions.delete(session))
    session.on('error', () => session.destroy())
  })
  server.on('sessionError', () => undefined)
  server.on('stream', (stream: ServerHttp2Stream, _headers, _flags, ...[raw]: unknown[]) => {
    open.streams.add(stream)
    stream.once('close', () => open.streams.delete(stream))
    // A reset by the peer is an 'error' here and a cancelled call there: the stream's 'close' tells the call.
    stream.on('error', () => undefined)
    onStream(stream, raw as string[])
  })
  return server
}

/** Looks at the first bytes, puts them back and hands the connection over. */
function sort(
  socket: Socket,
  config: FrontConfig,
  http1: ReturnType<typeof createHttp1Server>,
  http2: Http2Server,
): void {
  let seen = Buffer.alloc(0)
  const timer = setTimeout(() => socket.destroy(), config.firstBytesTimeoutMs)
  const onData = (chunk: Buffer): void => {
    seen = Buffer.concat([seen, chunk])
    if (seen.length < SORTING_BYTES) return
    clearTimeout(timer)
    socket.off('data', onData).pause()
    const word = seen.toString('latin1', 0, SORTING_BYTES)
    const taker = word === HTTP2_PREFACE ? http2 : HTTP1_METHODS.test(word) ? http1 : undefined
    if (!taker) return void socket.destroy()
    socket.unshift(seen)
    if (taker === http2) http2.once('session', (session) => endWhenDead(session, socket, config))
    taker.emit('connection', socket)
    if (taker === http1) socket.resume()
  }
  socket.on('data', onData)
  socket.once('close', () => clearTimeout(timer))
}

const LISTEN_HINTS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'Is another program, or another daemon, on that port? Set daemon_endpoint to a free one.',
  EACCES:
    'Ports below 1024 are for privileged programs: set daemon_endpoint to another, or grant CAP_NET_BIND_SERVICE.',
}

function listen(server: Server, { host, port }: FrontConfig): Promise<{ host: string; port: number }> {
  return new Promise((done, fail) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      fail(
        new SnetError(
          'invalid-config',
          `daemon_endpoint ${hostPortText({ host, port })} cannot be listened on: ${cause.code ?? cause.message}`,
          {
            hint: LISTEN_HINTS[cause.code ?? ''] ?? 'Set daemon_endpoint to an address of this host and a free port.',
            cause,
          },
        ),
      )
    })
    server.listen({ host, port }, () => done({ host, port: (server.address() as AddressInfo).port }))
  })
}
