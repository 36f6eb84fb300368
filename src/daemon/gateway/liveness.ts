import type { Server as Http1Server, ServerResponse } from 'node:http'
import type { ServerHttp2Session } from 'node:http2'
import type { Socket } from 'node:net'

export interface Patience {
  /** A session that was silent for so long is asked for a sign of life, and ended after as long again without one. */
  readonly silenceMs: number
  /** A session without any call for so long is closed. */
  readonly idleTimeoutMs: number
}

/**
 * Ends sessions that nobody uses or that have nobody behind them. Peers vanish without a word; and where a peer broke
 * the protocol, node says GOAWAY and reads no further, so that it would not even learn that the peer has closed.
 *
 * Node's own `setTimeout` of a session is of no use here: the answer to a ping counts as activity, and its timer keeps
 * a destroyed session in memory until it is over.
 */
export function endWhenDead(session: ServerHttp2Session, socket: Socket, patience: Patience): void {
  const calls = watchCalls(session)
  let heard = -1
  let isAsked = false
  const look = (): void => {
    // Node waits for what it still has to write, for ever when the peer takes nothing.
    if (session.destroyed) return void socket.destroy()
    if (calls.idleMs() >= patience.idleTimeoutMs) session.close()
    const { bytesRead } = socket
    if (bytesRead !== heard) isAsked = false
    else if (isAsked) return session.destroy()
    else isAsked = session.ping(() => undefined)
    heard = bytesRead
  }
  const timer = setInterval(look, patience.silenceMs)
  session.once('close', () => clearInterval(timer))
}

function watchCalls(session: ServerHttp2Session): { idleMs(): number } {
  let open = 0
  let since = performance.now()
  session.on('stream', (stream) => {
    open++
    stream.once('close', () => {
      open--
      since = performance.now()
    })
  })
  return { idleMs: () => (open > 0 ? 0 : performance.now() - since) }
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
