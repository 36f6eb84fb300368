import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { isInTime } from '../../../shared/in-time.js'
import { SnetError } from '../../../shared/errors.js'
import { hostPortText } from '../../../shared/host-port.js'
import { admitClients, type ClientLimits } from './clients/index.js'
import { sortByFirstBytes } from './first-bytes.js'
import { Http1Connections, type OnRequest } from './http1/index.js'
import { FramedConnections, type Http2Config, type Http2Deps, NodeConnections } from './http2/index.js'
import type { DataPlane } from '../data-plane.js'
import { TrackedSet } from '../tracked-set.js'
import type { Pages } from './pages.js'
import { createTlsListener, type TlsTerms } from './tls/index.js'

export interface PortConfig extends Http2Config {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  /** Undefined for cleartext. */
  readonly tls: TlsTerms | undefined
  /** A connection that has not said what it speaks by then is closed, and so is one with half an HTTP/1.1 request. */
  readonly firstBytesTimeoutMs: number
  readonly maxConnections: number
  readonly clients: ClientLimits
  /** What else is sent is closed. */
  readonly speaks: Spoken
  /** The setting that names the port, for messages. */
  readonly setting: string
  readonly dataPlane: DataPlane
  /** Whether a request of HTTP/1.1 is a call whatever its method is; otherwise those of POST may be. */
  readonly everyMethod?: boolean
}

export type Spoken = 'both' | 'http1' | 'http2'

export interface PortDeps extends Http2Deps {
  readonly onRequest: OnRequest
  readonly pages: Pages
  /** A connection could not be taken, as without file descriptors: who asked for it tries again. */
  readonly onRefusal: (error: Error) => void
}

export interface Port {
  readonly address: { readonly host: string; readonly port: number }
  /** Has clients of HTTP/1.1, who are told nothing between two calls, connect anew for the next one. */
  leave(): void
  /** No new connections; the open ones are told to open no new streams. */
  stopAccepting(): void
  /** Resolves when the clients of the open ones have heard of that; who does not answer is not to be waited for. */
  whenTold(): Promise<void>
  /** Closes what is left; who does not take his last bytes soon is cut off. */
  close(): Promise<void>
}

/** Time for the last bytes of a connection that is closed to reach its peer. */
const CLOSE_TIMEOUT_MS = 1_000

const HTTP2 = { node: NodeConnections, frames: FramedConnections }

/** One port: HTTP/2 and HTTP/1.1 are told apart by their first bytes, after TLS where there is any (snet-wire 5.1). */
export async function openPort(config: PortConfig, deps: PortDeps): Promise<Port> {
  const timeoutMs = config.firstBytesTimeoutMs
  const http2 = new HTTP2[config.dataPlane](config, deps)
  const http1 = new Http1Connections(deps, {
    requestTimeoutMs: timeoutMs,
    maxHeaderBytes: config.maxHeaderBytes,
    everyMethod: config.everyMethod ?? false,
  })
  const sockets = new TrackedSet<Socket>()
  const behind = listener(config, (socket) =>
    sortByFirstBytes(socket, {
      timeoutMs,
      onTimeout: () => deps.onLimit('handshake'),
      http1: (taken) => (config.speaks === 'http2' ? taken.destroy() : http1.take(taken)),
      http2: (taken) => (config.speaks === 'http1' ? taken.destroy() : http2.take(taken)),
    }),
  )
  const server = admitClients(behind, config.clients, { timeoutMs, onLimit: deps.onLimit })
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
  })
  server.maxConnections = config.maxConnections
  server.on('drop', () => deps.onLimit('connections'))
  const address = await listen(server, config)
  // Unheard, the second of them would end the process.
  server.on('error', deps.onRefusal)
  return {
    address,
    leave: () => http1.leave(),
    stopAccepting() {
      server.close()
      http1.stopAccepting()
      http2.stopAccepting()
    },
    whenTold: () => http2.whenTold(),
    async close() {
      const closed = new Promise<void>((done) => (server.listening ? server.close(() => done()) : done()))
      http1.stopAccepting()
      http2.stopAccepting()
      await isInTime(CLOSE_TIMEOUT_MS, Promise.all([http1.whenIdle(), http2.whenClosed()]))
      for (const socket of sockets) socket.destroy()
      http1[Symbol.dispose]()
      await Promise.all([closed, sockets.empty()])
    },
  }
}

/** A browser gets HTTP/2, where it can make as many calls at a time as it likes: over HTTP/1.1 it makes six. */
const ALPN = { both: ['h2', 'http/1.1'], http1: ['http/1.1'], http2: ['h2'] }

/** @param onConnection gets connections whose bytes are ours to read, after TLS where there is any */
function listener({ tls, speaks, firstBytesTimeoutMs }: PortConfig, onConnection: (socket: Socket) => void): Server {
  if (!tls) return createServer({ noDelay: true }, onConnection)
  return createTlsListener(tls, { handshakeTimeoutMs: firstBytesTimeoutMs, protocols: ALPN[speaks] }, onConnection)
}

function listenHint(code: string | undefined, setting: string): string {
  if (code === 'EADDRINUSE') return `Is another program, or another daemon, on that port? Set ${setting} to a free one.`
  if (code === 'EACCES')
    return `Ports below 1024 are for privileged programs: set ${setting} to another, or grant CAP_NET_BIND_SERVICE.`
  return `Set ${setting} to an address of this host and a free port.`
}

function listen(server: Server, { host, port, setting }: PortConfig): Promise<{ host: string; port: number }> {
  return new Promise((done, fail) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      fail(
        new SnetError(
          'invalid-config',
          `${setting} ${hostPortText({ host, port })} cannot be listened on: ${cause.code ?? cause.message}`,
          {
            hint: listenHint(cause.code, setting),
            cause,
          },
        ),
      )
    })
    server.listen({ host, port }, () => done({ host, port: (server.address() as AddressInfo).port }))
  })
}
