import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SnetError } from '../../shared/errors.js'
import { type HostPort, hostPortText, withoutBrackets } from '../../shared/host-port.js'

export interface Listener extends AsyncDisposable {
  readonly address: HostPort
}

/** Whoever asks is one of few, and asks for small things: what takes longer or more is no reader. */
const LIMITS = { maxHeaderSize: 8 * 1024, headersTimeout: 5_000, requestTimeout: 5_000, keepAliveTimeout: 20_000 }
const MAX_CONNECTIONS = 64
/** Also for an answer that is not taken. */
const SILENCE_MS = 30_000

/** Opens the port. Error: `invalid-config` when it cannot be had. */
export async function listen({ host, port }: HostPort, onRequest: RequestListener): Promise<Listener> {
  const server = createServer({ ...LIMITS, connectionsCheckingInterval: 1_000 }, onRequest)
  server.maxConnections = MAX_CONNECTIONS
  server.setTimeout(SILENCE_MS)
  server.on('clientError', (_fault, socket) => socket.destroy())
  await opened(server, { host, port })
  const address = server.address() as AddressInfo
  return {
    address: { host: address.address, port: address.port },
    async [Symbol.asyncDispose]() {
      const closed = new Promise((done) => server.close(done))
      server.closeAllConnections()
      await closed
    },
  }
}

const opened = (server: Server, { host, port }: HostPort): Promise<void> =>
  new Promise((done, fail) => {
    const onFault = (cause: NodeJS.ErrnoException): void => {
      const where = hostPortText({ host, port })
      fail(
        new SnetError(
          'invalid-config',
          `metrics_endpoint ${where} cannot be listened on: ${cause.code ?? cause.message}`,
          {
            hint: 'Set metrics_endpoint to an address of this host and a free port, or to "off".',
            details: { code: cause.code ?? '' },
            cause,
          },
        ),
      )
    }
    server.once('error', onFault)
    server.listen(port, withoutBrackets(host), () => {
      server.off('error', onFault)
      // A connection that cannot be taken is asked for again.
      server.on('error', () => undefined)
      done()
    })
  })
