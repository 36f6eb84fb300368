import type { Readable } from 'node:stream'
import { status } from '@grpc/grpc-js'
import type { Call } from './call.js'
import { StatusError } from './failure.js'
import { PREFIX_BYTES } from './frame-meter.js'

/** Judges the length that a message announces, before any of it is taken. */
export type JudgeLength = (length: number) => void

/** The messages of a call's request with their prefixes, as they come. Errors: of `judge`; why the call is over. */
export async function* framesOf(call: Call, judge: JudgeLength): AsyncGenerator<Buffer> {
  const reader = new FrameReader(judge)
  for await (const chunk of chunksOf(call)) yield* reader.push(chunk)
  if (!reader.isWhole) throw new StatusError(status.INTERNAL, 'the request ended within a message')
}

/** Leaves the request as it is when nobody reads on: its end belongs to whoever answers the call. */
async function* chunksOf({ request, signal }: Call): AsyncGenerator<Buffer> {
  for (;;) {
    signal.throwIfAborted()
    const chunk = request.read() as Buffer | null
    if (chunk) yield chunk
    else if (request.readableEnded) return
    else await news(request, signal)
  }
}

function news(request: Readable, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const settle = (): void => {
      request.off('readable', settle).off('end', settle)
      signal.removeEventListener('abort', settle)
      done()
    }
    request.on('readable', settle).on('end', settle)
    signal.addEventListener('abort', settle)
  })
}

/** Chunks of a byte or two are put together now and then: each is an object of its own. */
const MAX_PARTS = 64

/** Cuts bytes into gRPC messages; holds no more than one message and one chunk. */
class FrameReader {
  readonly #judge: JudgeLength
  #parts: Buffer[] = []
  #bytes = 0
  #wanted = PREFIX_BYTES

  constructor(judge: JudgeLength) {
    this.#judge = judge
  }

  get isWhole(): boolean {
    return this.#bytes === 0
  }

  *push(chunk: Buffer): Generator<Buffer> {
    for (let rest = chunk; rest.length > 0;) {
      const part = rest.subarray(0, this.#wanted - this.#bytes)
      rest = rest.subarray(part.length)
      this.#parts.push(part)
      this.#bytes += part.length
      if (this.#bytes === PREFIX_BYTES) this.#readPrefix()
      if (this.#bytes === this.#wanted) yield this.#take()
      if (this.#parts.length > MAX_PARTS) this.#parts = [Buffer.concat(this.#parts)]
    }
  }

  #readPrefix(): void {
    const length = Buffer.concat(this.#parts).readUInt32BE(1)
    this.#judge(length)
    this.#wanted = PREFIX_BYTES + length
  }

  #take(): Buffer {
    const frame = Buffer.concat(this.#parts)
    this.#parts = []
    this.#bytes = 0
    this.#wanted = PREFIX_BYTES
    return frame
  }
}
