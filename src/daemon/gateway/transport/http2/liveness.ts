import type { Socket } from 'node:net'
import type { OnLimit } from '../connection-limits.js'

export interface Patience {
  /** How often a session is asked for a sign of life; one that was silent since, and has not answered, is ended. */
  readonly silenceMs: number
  /** A peer that sends, but has not answered for so long, takes nothing of what it gets, and is ended too. */
  readonly unansweredMs: number
  /** A session without any call for so long is closed. */
  readonly idleTimeoutMs: number
  /** A session that is so old, and a tenth more or less, is told to end with its calls; Infinity for none. */
  readonly maxAgeMs: number
  /** Then its calls have so long. */
  readonly ageGraceMs: number
  /** A peer that sends PINGs closer to each other is told so, and ended; 0 for none. */
  readonly minPingIntervalMs: number
}

/** A connection of HTTP/2, as far as it tells whether anybody is there. */
export interface Peer {
  /** No more will be heard of it, though its socket may still be open. */
  readonly isOver: boolean
  readonly openCalls: number
  /** False when it cannot be asked. */
  ping(onAnswer: () => void): boolean
  /** Ends it with its last call. */
  close(): void
  destroy(): void
}

/**
 * Ends connections that nobody uses or that have nobody behind them. Peers vanish without a word; and where a peer broke
 * the protocol, node says GOAWAY and reads no further, so that it would not even learn that the peer has closed.
 *
 * Node's own `setTimeout` of a session is of no use here: the answer to a ping counts as activity, and its timer keeps
 * a destroyed session in memory until it is over.
 */
export function endWhenDead(peer: Peer, socket: Socket, patience: Patience & { readonly onLimit: OnLimit }): void {
  const { onLimit } = patience
  let isLeaving = false
  let heard = -1
  let askedAt: number | undefined
  let usedAt = performance.now()
  const look = (): void => {
    // Node waits for what it still has to write, for ever when the peer takes nothing.
    if (peer.isOver) return void socket.destroy()
    const now = performance.now()
    if (peer.openCalls > 0) usedAt = now
    if (now - usedAt >= patience.idleTimeoutMs && !isLeaving) {
      isLeaving = true
      onLimit('idle')
      peer.close()
    }
    const isSilent = socket.bytesRead === heard
    heard = socket.bytesRead
    if (askedAt === undefined) askedAt = peer.ping(() => (askedAt = undefined)) ? now : undefined
    else if (isSilent || now - askedAt >= patience.unansweredMs) {
      onLimit(isSilent ? 'silence' : 'unanswered')
      peer.destroy()
    }
  }
  const timer = setInterval(look, patience.silenceMs)
  const stopAgeing = endWhenOld(peer, socket, patience)
  // The socket's end, not the connection's: that waits for what is still to be written.
  socket.once('close', () => {
    clearInterval(timer)
    stopAgeing()
  })
}

/** Spread, so that clients who came together do not come back together. */
const SPREAD = 0.1

/** So that clients find new replicas behind a load balancer, and nobody keeps a place for good. */
function endWhenOld(
  peer: Peer,
  socket: Socket,
  { maxAgeMs, ageGraceMs, onLimit }: Parameters<typeof endWhenDead>[2],
): () => void {
  if (maxAgeMs === Infinity) return () => undefined
  let timer = setTimeout(
    () => {
      onLimit('age')
      peer.close()
      timer = setTimeout(() => socket.destroy(), ageGraceMs)
    },
    maxAgeMs * (1 + SPREAD * (2 * Math.random() - 1)),
  )
  return () => clearTimeout(timer)
}
