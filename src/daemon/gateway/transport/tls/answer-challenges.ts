import type { Socket } from 'node:net'
import { createSecureContext, TLSSocket } from 'node:tls'
import type { TlsPair } from '../../../../shared/tls-files.js'
import { MAX_HELLO_BYTES, parseClientHello } from './client-hello.js'

/** What an authority says that looks whether a domain is ours (RFC 8737 3), and nobody else. */
const PROTOCOL = 'acme-tls/1'

export interface ChallengeDeps {
  /** Certificates by domain, for the authority alone. */
  readonly challenges: ReadonlyMap<string, TlsPair>
  readonly timeoutMs: number
  /** Gets all other connections, as they came. */
  readonly onward: (socket: Socket) => void
}

/**
 * Answers an authority that looks whether a domain is ours. Node chooses the certificate before it knows the protocol, so
 * the first bytes are looked at while there is something to answer; otherwise connections go on untouched.
 */
export function answerChallenges(socket: Socket, { challenges, timeoutMs, onward }: ChallengeDeps): void {
  if (challenges.size === 0) return onward(socket)
  let seen = Buffer.alloc(0)
  const timer = setTimeout(() => socket.destroy(), timeoutMs)
  const onData = (chunk: Buffer): void => {
    seen = Buffer.concat([seen, chunk])
    const hello = parseClientHello(seen)
    if (hello === 'more' && seen.length < MAX_HELLO_BYTES) return
    clearTimeout(timer)
    socket.off('data', onData).off('close', forget).pause()
    socket.unshift(seen)
    const isChallenge = typeof hello === 'object' && hello.protocols.includes(PROTOCOL)
    const pair = isChallenge ? challenges.get(hello.serverName) : undefined
    if (pair) show(socket, pair, timeoutMs)
    else onward(socket)
  }
  const forget = (): void => clearTimeout(timer)
  socket.on('data', onData).once('close', forget)
}

/** The handshake is all there is to it. */
function show(socket: Socket, { cert, key }: TlsPair, timeoutMs: number): void {
  const secureContext = createSecureContext({ cert, key, minVersion: 'TLSv1.2' })
  const secured = new TLSSocket(socket, { isServer: true, secureContext, ALPNProtocols: [PROTOCOL] })
  const timer = setTimeout(() => secured.destroy(), timeoutMs)
  secured.once('close', () => clearTimeout(timer))
  secured.on('error', () => secured.destroy())
  secured.once('secure', () => secured.end())
  secured.resume()
}
