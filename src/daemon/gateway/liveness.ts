import type { Server as Http1Server, ServerResponse } from 'node:http'
import type { ServerHttp2Session } from 'node:http2'
import type { Socket } from 'node:net'

/**
 * Asks a session that has been silent for `everyMs` for a sign of life, and ends it after as long again without one.
 * Peers vanish without a word; and where a peer broke the protocol, node says GOAWAY and reads no further, so that it
 * would not even learn that the peer has closed: such a connection would count as open for the whole idle timeout.
 */
export function endWhenDead(session: ServerHttp2Session, socket: Socket, everyMs: number): void {
  let heard = -1
  let isAsked = false
  const timer = setInterval(() => {
    if (session.destroyed) return
    const { bytesRead } = socket
    if (bytesRead !== heard) {
      heard = bytesRead
      isAsked = false
    } else if (isAsked) {
      session.destroy()
      // Node would wait for what it still has to write to a peer that takes nothing.
      socket.destroy()
    } else {
      isAsked = session.ping(() => undefined)
    }
  }, everyMs)
  session.once('close', () => clearInterval(timer))
}

/**
 * Ends an HTTP/1.1 connection whose next request is not whole in time, however slowly its bytes go on coming. Node's
 * own `headersTimeout` counts only for servers that listen themselves.
 */
export function endWhenSlow(server: Http1Server, withinMs: number): void {
  const timers = new WeakMap<Socket, NodeJS.Timeout>()
  const arm = (socket: Socket): void => {
    clearTimeout(timers.get(socket))
    if (!socket.destroyed)
      timers.set(
        socket,
        setTimeout(() => socket.destroy(), withinMs),
      )
  }
  server.on('connection', (socket: Socket) => {
    arm(socket)
    socket.once('close', () => clearTimeout(timers.get(socket)))
  })
  server.on('request', ({ socket }, response: ServerResponse) => response.once('close', () => arm(socket)))
}
