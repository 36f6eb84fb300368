import { SnetError } from '../../shared/errors.js'

/** Flag and length before every message. */
export const PREFIX_BYTES = 5

/**
 * Follows the gRPC messages in passing bytes without copying or decoding them: 1 byte flag, 4 bytes length (big
 * endian), then the message. Error: `rate-limited` for a message above the limit.
 */
export class FrameMeter {
  readonly #maxMessageBytes: number
  #prefixSeen = 0
  #length = 0
  #bodyLeft = 0
  /** Messages that began so far. */
  messages = 0

  constructor(maxMessageBytes: number) {
    this.#maxMessageBytes = maxMessageBytes
  }

  push(chunk: Uint8Array): void {
    let at = 0
    while (at < chunk.length) {
      if (this.#bodyLeft > 0) {
        const taken = Math.min(this.#bodyLeft, chunk.length - at)
        this.#bodyLeft -= taken
        at += taken
        continue
      }
      if (this.#prefixSeen > 0) this.#length = this.#length * 256 + (chunk[at] as number)
      at++
      if (++this.#prefixSeen === PREFIX_BYTES) this.#beginMessage()
    }
  }

  /** Whether the bytes so far end between two messages. */
  get isWhole(): boolean {
    return this.#bodyLeft === 0 && this.#prefixSeen === 0
  }

  #beginMessage(): void {
    requireFits(this.#length, this.#maxMessageBytes)
    this.messages++
    this.#bodyLeft = this.#length
    this.#prefixSeen = 0
    this.#length = 0
  }
}

/** Error: `rate-limited` for a message above the limit, in the words that gRPC libraries use. */
export function requireFits(length: number, maxMessageBytes: number): void {
  if (length <= maxMessageBytes) return
  throw new SnetError('rate-limited', `grpc: received message larger than max (${length} vs. ${maxMessageBytes})`, {
    hint: 'max_message_size_in_mb of the daemon sets the limit.',
  })
}
