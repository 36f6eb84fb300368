import type { Socket } from 'node:net'

/** Whoever goes on with a connection; what was read of it has been put back. */
export type TakeConnection = (socket: Socket) => void

const HTTP2_PREFACE = 'PRI '
const HTTP1_METHODS = /^(?:OPTI|GET |HEAD|POST|PUT |DELE|TRAC|CONN|PATC)/
const SORTING_BYTES = 4

/**
 * Hands a connection to who speaks what its first bytes say. Other connections are closed, and so is one that has not
 * said enough in time. The bytes alone decide: a TLS client may speak HTTP/2 without having agreed to it.
 */
export function sortByFirstBytes(
  socket: Socket,
  { timeoutMs, http1, http2 }: { timeoutMs: number; http1: TakeConnection; http2: TakeConnection },
): void {
  let seen = Buffer.alloc(0)
  const timer = setTimeout(() => socket.destroy(), timeoutMs)
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
