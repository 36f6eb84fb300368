import type { Cancellation } from '../../../shared/cancellation.js'
import { SnetError } from '../../../shared/errors.js'
import type { Call, Reply } from '../call.js'
import type { Upstream } from './upstream.js'

export interface OwnCall extends Pick<Call, 'method' | 'metadata' | 'request' | 'reply' | 'asksOnce' | 'span'> {
  /** Ended by whoever makes the call, and here once its time is over. */
  readonly cancelled: Cancellation
  readonly timeoutMs: number
  /** Earlier than its time, where it is made for another call. */
  readonly deadline?: number
  /** What is said when its time is over. */
  readonly late: string
}

/** Makes a call of the daemon itself to a method of the service that answers once; resolves when it has ended well. */
export async function callService(upstream: Pick<Upstream, 'forward'>, call: OwnCall): Promise<void> {
  const { cancelled, timeoutMs, late, deadline = Infinity, ...parts } = call
  const timer = setTimeout(() => cancelled.abort(new SnetError('timed-out', late)), timeoutMs)
  try {
    await upstream.forward({
      ...parts,
      cancelled,
      deadline: Math.min(deadline, performance.now() + timeoutMs),
      connection: { cut: () => cancelled.abort(new SnetError('cancelled', 'the call was cut')) },
      whenGone: (listener) => listener(),
      answersOnce: true,
      payer: undefined,
      right: undefined,
      abort: (reason) => cancelled.abort(reason),
    })
  } finally {
    clearTimeout(timer)
  }
}

/** The answer of such a call. */
export class OneAnswer implements Reply {
  readonly #maxBytes: number
  readonly #onTooLong: () => void
  readonly #parts: Buffer[] = []
  #bytes = 0
  trailers: Reply['trailers']

  /** @param maxBytes with the prefix; what is longer is not kept. The service's connection has a bound of its own */
  constructor(maxBytes = Infinity, onTooLong: () => void = () => undefined) {
    this.#maxBytes = maxBytes
    this.#onTooLong = onTooLong
  }

  headers(): void {
    // Nobody wants them.
  }

  write(chunk: Buffer): boolean {
    this.#bytes += chunk.length
    if (this.#bytes <= this.#maxBytes) this.#parts.push(chunk)
    else this.#onTooLong()
    return true
  }

  async drained(): Promise<void> {
    // There is always room for one answer.
  }

  /** The message with its prefix; empty when there was none. */
  get frame(): Buffer {
    return Buffer.concat(this.#parts)
  }
}
