import type { ServerHttp2Stream } from 'node:http2'
import { CallFailure, tooLarge } from './errors.js'

/** The largest message that Berty accepts. */
const MAX_REQUEST_BYTES = 4 * 1024 * 1024

const HEADER_BYTES = 5
const UNIMPLEMENTED = 12

/** Encodes a message for the wire: uncompressed, with its length in front. */
export function toFrame(message: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(HEADER_BYTES + message.length)
  frame[0] = 0
  frame.writeUInt32BE(message.length, 1)
  frame.set(message, HEADER_BYTES)
  return frame
}

/** Yields each message of a request when it is complete. Returning early keeps the stream open for the answer. */
export async function* messagesIn(stream: ServerHttp2Stream): AsyncGenerator<Buffer> {
  let chunks: Buffer[] = []
  let waiting = 0
  for await (const chunk of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    waiting += chunk.length
    let size = frameSize(chunks, waiting)
    while (size !== undefined && waiting >= size) {
      const all = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)
      yield all.subarray(HEADER_BYTES, size)
      const rest = all.subarray(size)
      chunks = rest.length > 0 ? [rest] : []
      waiting = rest.length
      size = frameSize(chunks, waiting)
    }
  }
}

/** Length of the frame that begins here, header included; undefined until the header is complete. */
function frameSize(chunks: Buffer[], waiting: number): number | undefined {
  if (waiting < HEADER_BYTES) return undefined
  const first = chunks[0] as Buffer
  const head = first.length >= HEADER_BYTES ? first : Buffer.concat(chunks)
  if (head[0] !== 0) throw new CallFailure(UNIMPLEMENTED, 'grpc: Decompressor is not installed for grpc-encoding')
  const length = head.readUInt32BE(1)
  if (length > MAX_REQUEST_BYTES) throw tooLarge(length, MAX_REQUEST_BYTES)
  return HEADER_BYTES + length
}
