import { type AddressInfo, createServer, type Socket } from 'node:net'
import { Server, ServerCredentials } from '@grpc/grpc-js'
import { SnetError } from '../../../shared/errors.js'
import { type HostPort, hostPortText } from '../../../shared/host-port.js'
import type { Log } from '../../observability/index.js'
import { refuseUndeclaredCompression } from './compression.js'
import { callGuard, guardUnknownMethods } from './guard.js'
import { Strangers, type StrangersConfig } from './strangers.js'

export interface ListenerConfig {
  /** Port 0 takes any free one. */
  readonly endpoint: HostPort
  /** Undefined for cleartext. With `ca`, clients need a certificate that it signed. */
  readonly tls: { readonly cert: Buffer; readonly key: Buffer; readonly ca?: Buffer } | undefined
  /** Undefined where none is wanted. */
  readonly token: string | undefined
  /** Bounds of connections without a credential; the daemon's own when absent. */
  readonly strangers?: Partial<StrangersConfig>
}

export interface Listener extends AsyncDisposable {
  readonly address: HostPort
}

/** The most that Berty takes, and so that an older controller may send (berty 0). */
const MAX_RECEIVE_BYTES = 4 * 1024 * 1024
const MAX_STREAMS = 256
const MAX_CONNECTIONS = 512
/** How many of these may have shown no credential yet, and for how long. */
const STRANGERS: StrangersConfig = { places: 64, timeMs: 10_000 }
const IDLE_MS = 10 * 60_000
/** A client whose machine has vanished is noticed: its streams end. */
const KEEPALIVE = { 'grpc.keepalive_time_ms': 60_000, 'grpc.keepalive_timeout_ms': 20_000 }
/** Time for the last bytes of answers. */
const CLOSE_TIMEOUT_MS = 1_000

export interface GuardedServer {
  readonly server: Server
  readonly strangers: Strangers
}

/** A gRPC server that wants every configured credential of everybody, before any service is added to it. */
export function createServerFor({ token, strangers: bounds }: ListenerConfig): GuardedServer {
  const strangers = new Strangers({ ...STRANGERS, ...bounds })
  const server = new Server({
    'grpc.max_receive_message_length': MAX_RECEIVE_BYTES,
    'grpc.max_send_message_length': -1,
    'grpc.max_concurrent_streams': MAX_STREAMS,
    'grpc.max_connection_idle_ms': IDLE_MS,
    ...KEEPALIVE,
    interceptors: [refuseUndeclaredCompression, callGuard(token, (connection) => strangers.admit(connection))],
  })
  guardUnknownMethods(server)
  return { server, strangers }
}

/** Listens for that server's clients. Error: `invalid-config` when the address cannot be had. */
export async function listen(
  { server, strangers }: GuardedServer,
  { endpoint, tls }: ListenerConfig,
  { log }: { log: Log },
): Promise<Listener> {
  const injector = server.createConnectionInjector(credentialsOf(tls))
  const sockets = new Set<Socket>()
  const listening = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    strangers.meet(socket)
    injector.injectConnection(socket)
  })
  listening.maxConnections = MAX_CONNECTIONS
  const port = await listenOn(listening, endpoint)
  // There may be too many open files: a client that was not accepted tries again, and nobody else is concerned.
  listening.on('error', (error) => log.warn('a controller could not connect', { error }))
  return {
    address: { host: endpoint.host, port },
    async [Symbol.asyncDispose]() {
      if (listening.listening) listening.close()
      const answered = new Promise<void>((done) => server.tryShutdown(() => done()))
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<void>((done) => (timer = setTimeout(done, CLOSE_TIMEOUT_MS)))
      await Promise.race([answered, late])
      clearTimeout(timer)
      server.forceShutdown()
      for (const socket of sockets) socket.destroy()
    },
  }
}

function credentialsOf(tls: ListenerConfig['tls']): ServerCredentials {
  if (!tls) return ServerCredentials.createInsecure()
  const { cert, key, ca } = tls
  return ServerCredentials.createSsl(ca ?? null, [{ cert_chain: cert, private_key: key }], ca !== undefined)
}

function listenOn(server: ReturnType<typeof createServer>, { host, port }: HostPort): Promise<number> {
  return new Promise((done, fail) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      fail(
        new SnetError(
          'invalid-config',
          `infra_endpoint ${hostPortText({ host, port })} cannot be listened on: ${cause.code ?? cause.message}`,
          { hint: 'Is another program on that port? Set infra_endpoint to a free one.', cause },
        ),
      )
    })
    server.listen({ host, port }, () => done((server.address() as AddressInfo).port))
  })
}
