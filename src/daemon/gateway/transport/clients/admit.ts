import { createServer, type Server, type Socket } from 'node:net'
import { AddressSet, plainAddress } from '../../../../shared/address-set.js'
import type { OnLimit } from '../connection-limits.js'
import { ClientPlaces } from './client-places.js'
import { tellClient } from './client-of.js'
import { parseProxyHeader } from './proxy-header.js'

export interface ClientLimits {
  /** Nets of the proxies whose word counts. */
  readonly trustedProxies: readonly string[]
  /** Their connections begin with who the client is. */
  readonly proxyProtocol: boolean
  readonly maxConnectionsPerClient: number
}

/**
 * A server in front of another one, which passes on the connections of clients that have not too many: where proxies say
 * who the client is, that is read first, and nobody else is believed. One that says nothing in time is closed.
 */
export function admitClients(
  server: Server,
  limits: ClientLimits,
  { timeoutMs, onLimit }: { readonly timeoutMs: number; readonly onLimit: OnLimit },
): Server {
  const trusted = new AddressSet(limits.trustedProxies)
  const places = new ClientPlaces(limits.maxConnectionsPerClient)
  const admit = (socket: Socket, client: string): void => {
    if (socket.destroyed) return
    if (!places.enter(client)) {
      onLimit('client-connections')
      return void socket.destroy()
    }
    socket.once('close', () => places.leave(client))
    handOn(server, socket)
  }
  const front = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => socket.destroy())
    const peer = plainAddress(socket.remoteAddress ?? '')
    if (!trusted.has(peer)) return admit(socket, peer)
    if (limits.proxyProtocol) return readHeader(socket, timeoutMs, (client) => admit(socket, client ?? peer))
    // It carries the connections of many.
    handOn(server, socket)
  })
  front.once('close', () => server.close())
  return front
}

function handOn(server: Server, socket: Socket): void {
  server.emit('connection', socket)
  // What TLS reads it reads by itself.
  if (socket.listenerCount('data') > 0) socket.resume()
}

/** @param onClient is told where the client is, if anywhere else; not at all where there is no header */
function readHeader(socket: Socket, timeoutMs: number, onClient: (client: string | undefined) => void): void {
  let seen = Buffer.alloc(0)
  const timer = setTimeout(() => socket.destroy(), timeoutMs)
  const onData = (bytes: Buffer): void => {
    seen = Buffer.concat([seen, bytes])
    const header = parseProxyHeader(seen)
    if (header === undefined) return
    clearTimeout(timer)
    socket.off('data', onData).pause()
    if (header === 'malformed') return void socket.destroy()
    if (header.client !== undefined) tellClient(socket, header.client)
    if (seen.length > header.length) socket.unshift(seen.subarray(header.length))
    onClient(header.client)
  }
  socket.on('data', onData)
  socket.once('close', () => clearTimeout(timer))
}
