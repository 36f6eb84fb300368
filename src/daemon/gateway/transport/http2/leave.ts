import { constants, type ServerHttp2Stream } from 'node:http2'
import type { UnreadAnswer } from '../unread-answers.js'

/** Time for the last bytes of an answer to leave before the stream is closed behind them. */
const LINGER_MS = 1_000
/** An answer may take so long to leave, and more by its size: who takes it slower than this gets it no more. */
const LEAVE_MS = 30_000
const SLOWEST_BYTES_PER_MS = 32
/** What a stream needs of memory beside the bytes of its answer. */
const OVERHEAD_BYTES = 8 * 1024

/**
 * Bounds the time that an answer takes to leave; also a call that ended after its deadline has a moment for that.
 * @param leftMs until the call's deadline
 */
export function leaveBehind(stream: ServerHttp2Stream, unread: UnreadAnswer, leftMs = Infinity): void {
  const ownMs = LEAVE_MS + unread.bytes / SLOWEST_BYTES_PER_MS
  const timer = setTimeout(() => cutOff(stream), Math.min(ownMs, Math.max(leftMs, LINGER_MS)))
  stream.once('close', () => {
    clearTimeout(timer)
    unread.remove(OVERHEAD_BYTES)
  })
  unread.add(OVERHEAD_BYTES)
}

/**
 * Throws away what a client still sends after its answer, so that its stream can close; a client that goes on for long
 * is told to stop, without an error, since the answer is complete (RFC 9113 8.1).
 */
export function stopClient(stream: ServerHttp2Stream): void {
  if (stream.readableEnded || stream.destroyed || stream.closed) return
  const timer = setTimeout(() => stream.close(constants.NGHTTP2_NO_ERROR), LINGER_MS)
  stream.once('close', () => clearTimeout(timer))
  stream.resume()
}

/** Ends a stream at once, and lets go of what it still had to send. */
export function cutOff(stream: ServerHttp2Stream, code: number = constants.NGHTTP2_CANCEL): void {
  if (!stream.closed) stream.close(code)
  stream.destroy()
}
