import { status } from '../../shared/grpc-status.js'
import { SnetError } from '../../shared/errors.js'
import type { Call } from './call.js'
import { StatusError } from './failure.js'

/** Flag and length before every message: 1 byte, and 4 in big endian. */
export const PREFIX_BYTES = 5

/** Judges the length that a message announces, before any of it is taken; throws to refuse it. */
export type JudgeLength = (length: number) => void

/** Refuses messages above a limit, in the words that gRPC libraries use. Error: `rate-limited`. */
export const atMost =
  (maxMessageBytes: number): JudgeLength =>
  (length) => {
    if (length <= maxMessageBytes) return
    throw new SnetError('rate-limited', `grpc: received message larger than max (${length} vs. ${maxMessageBytes})`, {
      hint: 'max_message_size_in_mb of the daemon sets the limit.',
    })
  }

/** Follows the gRPC messages in passing bytes, without copying or decoding them. Error: of `judge`. */
export class MessageMeter {
  readonly #judge: JudgeLength
  #prefixSeen = 0
  #length = 0
  #bodyLeft = 0
  /** Messages that began so far. */
  messages = 0

  constructor(judge: JudgeLength) {
    this.#judge = judge
  }

  push(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length;) at = this.take(chunk, at)
  }

  /** Follows `chunk` from `at` no further than the message goes that is there; returns how far that is. */
  take(chunk: Uint8Array, at: number): number {
    let end = at
    while (this.#bodyLeft === 0) {
      if (end === chunk.length) return end
      if (this.#prefixSeen > 0) this.#length = this.#length * 256 + (chunk[end] as number)
      end++
      if (++this.#prefixSeen < PREFIX_BYTES) continue
      this.#beginMessage()
      if (this.#bodyLeft === 0) return end
    }
    const body = Math.min(this.#bodyLeft, chunk.length - end)
    this.#bodyLeft -= body
    return end + body
  }

  /** Whether the bytes so far end between two messages. */
  get isWhole(): boolean {
    return this.#bodyLeft === 0 && this.#prefixSeen === 0
  }

  #beginMessage(): void {
    this.#judge(this.#length)
    this.messages++
    this.#bodyLeft = this.#length
    this.#prefixSeen = 0
    this.#length = 0
  }
}

/** The messages of a call's request with their prefixes, as they come. Errors: of `judge`; why the call is over. */
export async function* messagesOf(call: Call, judge: JudgeLength): AsyncGenerator<Buffer> {
  const meter = new MessageMeter(judge)
  const parts = new Parts()
  for await (const chunk of chunksOf(call)) {
    for (let at = 0, end; at < chunk.length; at = end) {
      end = meter.take(chunk, at)
      parts.add(chunk.subarray(at, end))
      if (meter.isWhole) yield parts.takeAll()
    }
  }
  if (!meter.isWhole) throw new StatusError(status.INTERNAL, CUT_OFF)
}

/**
 * The first message of a request as soon as it is whole, with its prefix; all that was read is put back. Errors: of
 * `judge`; why the call is over.
 */
export async function peekMessage(call: Call, judge: JudgeLength): Promise<Buffer> {
  const { request, cancelled } = call
  const meter = new MessageMeter(judge)
  const seen = new Parts()
  let length = 0
  while (meter.messages === 0 || !meter.isWhole) {
    cancelled.throwIfAborted()
    const chunk = request.read()
    if (chunk) {
      seen.add(chunk)
      let at = 0
      do at = meter.take(chunk, at)
      while (at < chunk.length && !(meter.messages > 0 && meter.isWhole))
      length += at
    } else if (request.isEnded) throw new StatusError(status.INTERNAL, CUT_OFF)
    else await news(call)
  }
  const all = seen.takeAll()
  request.unread(all)
  return all.subarray(0, length)
}

const CUT_OFF = 'the request ended within a message'

/** A message as it travels, uncompressed. */
export function withPrefix(message: Uint8Array): Buffer {
  const bytes = Buffer.alloc(PREFIX_BYTES + message.length)
  bytes.writeUInt32BE(message.length, 1)
  bytes.set(message, PREFIX_BYTES)
  return bytes
}

/** Chunks of a byte or two are put together now and then: each is an object of its own. */
const MAX_RECENT = 64

class Parts {
  #parts: Buffer[] = []
  #recent: Buffer[] = []

  add(part: Buffer): void {
    this.#recent.push(part)
    // Only these: to copy all that came before each time would take longer than the network for a large message.
    if (this.#recent.length > MAX_RECENT) this.#parts.push(Buffer.concat(this.#recent.splice(0)))
  }

  takeAll(): Buffer {
    return Buffer.concat([...this.#parts.splice(0), ...this.#recent.splice(0)])
  }
}

/** Leaves the request as it is when nobody reads on: its end belongs to whoever answers the call. */
async function* chunksOf(call: Call): AsyncGenerator<Buffer> {
  const { request, cancelled } = call
  for (;;) {
    cancelled.throwIfAborted()
    const chunk = request.read()
    if (chunk) yield chunk
    else if (request.isEnded) return
    else await news(call)
  }
}

/** Resolves when there may be something to read, or the call is over. */
export function news({ request, cancelled }: Call): Promise<void> {
  return new Promise((done) => {
    const stops: (() => void)[] = []
    const settle = (): void => {
      for (const stop of stops) stop()
      done()
    }
    stops.push(request.onNews(settle))
    stops.push(cancelled.onAbort(settle))
  })
}
