import type { Socket } from 'node:net'

/** Whoever goes on with a connection; what was read of it has been put back. */
export type TakeConnection = (socket: Socket) => void

interface Sorting {
  readonly timeoutMs: number
  /** Told of a connection that is closed because it said too little in time. */
  readonly onTimeout: () => void
  readonly http1: TakeConnection
  readonly http2: TakeConnection
}

const HTTP2_PREFACE = 'PRI '
const HTTP1_METHODS = /^(?:OPTI|GET |HEAD|POST|PUT |DELE|TRAC|CONN|PATC)/
const SORTING_BYTES = 4

/**
 * Hands a connection to who speaks what its first bytes say. Other connections are closed, and so is one that has not
 * said enough in time. The bytes alone decide: a TLS client may speak HTTP/2 without having agreed to it.
 */
export function sortByFirstBytes(socket: Socket, { timeoutMs, onTimeout, http1, http2 }: Sorting): void {
  let seen = Buffer.alloc(0)
  const timer = setTimeout(() => {
    onTimeout()
    socket.destroy()
  }, timeoutMs)
  const onData = (chunk: Buffer): void => {
    seen = Buffer.concat([seen, chunk])
    if (seen.length < SORTING_BYTES) return
    clearTimeout(timer)
    socket.off('data', onData).pause()
    const word = seen.toString('latin1', 0, SORTING_BYTES)
    const take = word === HTTP2_PREFACE ? http2 : HTTP1_METHODS.test(word) ? http1 : undefined
    if (!take) return void socket.destroy()
    socket.unshift(seen)
    take(socket)
  }
  socket.on('data', onData)
  socket.once('close', () => clearTimeout(timer))
}
