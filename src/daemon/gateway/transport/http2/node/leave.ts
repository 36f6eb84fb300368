import { constants, type ServerHttp2Stream } from 'node:http2'

/** Time for a client to end its request after it has its answer. */
const LINGER_MS = 1_000

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
