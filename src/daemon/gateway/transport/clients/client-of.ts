import type { Socket } from 'node:net'
import { plainAddress } from '../../../../shared/address-set.js'

/** What proxies have said of connections, by the ends of these: a socket with TLS has the same as the one below it. */
const told = new Map<string, string>()

const endsOf = ({ remoteAddress, remotePort, localAddress, localPort }: Socket): string =>
  `${remoteAddress} ${remotePort} ${localAddress} ${localPort}`

/** Remembers until the connection is closed that its client is elsewhere. */
export function tellClient(socket: Socket, client: string): void {
  const ends = endsOf(socket)
  told.set(ends, client)
  socket.once('close', () => told.delete(ends))
}

/** Where the client of a connection is, as far as the connection itself tells; undefined once it is closed. */
export function clientOf(socket: Socket): string | undefined {
  if (socket.remoteAddress === undefined) return undefined
  return told.get(endsOf(socket)) ?? plainAddress(socket.remoteAddress)
}
