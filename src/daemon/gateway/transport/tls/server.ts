import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type SecureContextOptions, type TLSSocket } from 'node:tls'
import { answerChallenges } from './answer-challenges.js'
import type { TlsTerms } from './terms.js'

export interface ListenerConfig {
  readonly handshakeTimeoutMs: number
  /** What may be agreed on, the first best. */
  readonly protocols: readonly string[]
}

/**
 * A server whose connections are handed on after their handshake. A new certificate counts for handshakes from then on,
 * with and without a server name; open connections go on.
 */
export function createTlsListener(
  terms: TlsTerms,
  { handshakeTimeoutMs, protocols }: ListenerConfig,
  onConnection: (socket: Socket) => void,
): Server {
  const asksClients = terms.clientCa !== undefined
  const handshakes = createTlsServer(
    {
      ...contextOf(terms),
      ALPNProtocols: [...protocols],
      handshakeTimeout: handshakeTimeoutMs,
      requestCert: asksClients,
      rejectUnauthorized: asksClients && terms.clientsNeedOne,
    },
    (socket) => {
      socket.on('error', () => socket.destroy())
      if (asksClients && isFalse(socket)) socket.destroy()
      else onConnection(socket)
    },
  )
  // A handshake that fails is its client's trouble.
  handshakes.on('tlsClientError', (_error, socket) => socket.destroy())
  const onward = (socket: Socket): void => void handshakes.emit('connection', socket)
  const server = createServer({ noDelay: true }, (socket) =>
    answerChallenges(socket, { challenges: terms.challenges, timeoutMs: handshakeTimeoutMs, onward }),
  )
  const stop = terms.onChange(() => handshakes.setSecureContext(contextOf(terms)))
  return server.once('close', stop)
}

const contextOf = ({ pair, clientCa, minVersion }: TlsTerms): SecureContextOptions => ({
  minVersion,
  ...(pair && { cert: pair.cert, key: pair.key }),
  ...(clientCa && { ca: clientCa }),
})

/** Shows a certificate that none of the authorities signed, where none at all would do. */
const isFalse = (socket: TLSSocket): boolean =>
  !socket.authorized && Object.keys(socket.getPeerCertificate()).length > 0
