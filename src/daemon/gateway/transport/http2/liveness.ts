import type { ServerHttp2Session } from 'node:http2'
import type { Socket } from 'node:net'

export interface Patience {
  /** How often a session is asked for a sign of life; one that was silent since, and has not answered, is ended. */
  readonly silenceMs: number
  /** A peer that sends, but has not answered for so long, takes nothing of what it gets, and is ended too. */
  readonly unansweredMs: number
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
  let askedAt: number | undefined
  const look = (): void => {
    // Node waits for what it still has to write, for ever when the peer takes nothing.
    if (session.destroyed) return void socket.destroy()
    if (calls.idleMs() >= patience.idleTimeoutMs) session.close()
    const isSilent = socket.bytesRead === heard
    heard = socket.bytesRead
    if (askedAt === undefined) askedAt = ask()
    else if (isSilent || performance.now() - askedAt >= patience.unansweredMs) session.destroy()
  }
  const ask = (): number | undefined => (session.ping(() => (askedAt = undefined)) ? performance.now() : undefined)
  const timer = setInterval(look, patience.silenceMs)
  // The socket's end, not the session's: that waits for what is still to be written.
  socket.once('close', () => clearInterval(timer))
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
