import { SnetError } from '../errors.js'

const HEAD_BYTES = 5

/**
 * Cuts received bytes into gRPC messages. A message is judged by its head: a compressed or too large one is refused
 * before its bytes are taken, so that memory never holds more than one message and one chunk.
 */
export class FrameReader {
  readonly #maxMessageBytes: number
  #parts: Buffer[] = []
  #bytes = 0
  #wanted = HEAD_BYTES
  #isHead = true

  constructor(maxMessageBytes: number) {
    this.#maxMessageBytes = maxMessageBytes
  }

  /** Error: `upstream-failed` for a message that is compressed or above the limit. */
  *push(chunk: Buffer): Generator<Buffer> {
    let rest = chunk
    for (;;) {
      const missing = this.#wanted - this.#bytes
      this.#parts.push(rest.subarray(0, missing))
      this.#bytes += Math.min(missing, rest.length)
      if (rest.length < missing) return
      rest = rest.subarray(missing)
      const whole = Buffer.concat(this.#parts)
      this.#parts = []
      this.#bytes = 0
      this.#isHead = !this.#isHead
      if (this.#isHead) yield whole
      this.#wanted = this.#isHead ? HEAD_BYTES : this.#lengthOf(whole)
    }
  }

  /** False within a message. */
  get isWhole(): boolean {
    return this.#isHead && this.#bytes === 0
  }

  #lengthOf(head: Buffer): number {
    if (head[0] !== 0) {
      throw new SnetError('upstream-failed', 'the answer is compressed, though no compression was offered')
    }
    const length = head.readUInt32BE(1)
    if (length <= this.#maxMessageBytes) return length
    throw new SnetError(
      'upstream-failed',
      `the answer has a message of ${length} bytes, more than the ${this.#maxMessageBytes} that are taken`,
    )
  }
}

/** A message as it travels, uncompressed. */
export function frameOf(message: Uint8Array): Buffer {
  const head = Buffer.alloc(HEAD_BYTES)
  head.writeUInt32BE(message.length, 1)
  return Buffer.concat([head, message])
}
