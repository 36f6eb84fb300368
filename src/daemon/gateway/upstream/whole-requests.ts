import { SnetError } from '../../../shared/errors.js'
import type { Call } from '../call.js'
import { unreadable } from '../failure.js'
import { atMost, type JudgeLength, messagesOf } from '../messages.js'
import { RequestBudget } from '../request-budget.js'
import { contentOf } from './message-content.js'
import { Stall } from './stall.js'

export interface WholeRequestLimits {
  readonly maxMessageBytes: number
  /** How long a client may stop within its message. */
  readonly stallMs: number
  /** What all requests that are being read or served may take up together. */
  readonly maxBytes: number
}

/** The message of a call; it counts as taken up until it is let go. */
export interface WholeRequest extends Disposable {
  readonly content: Buffer
}

/**
 * Requests for services that take a message as a whole: the first of a call, unpacked. What follows it is thrown away, as
 * in the reference (snet-behaviour 6.3, 6.5, 6.6).
 */
export class WholeRequests {
  readonly #limits: WholeRequestLimits
  readonly #budget: RequestBudget

  constructor(limits: WholeRequestLimits) {
    this.#limits = limits
    this.#budget = new RequestBudget(limits.maxBytes)
  }

  /**
   * Errors: why the call is over; code 13 with `prefix` for a request that cannot be read, as the reference has it.
   */
  async take(call: Call, prefix: string, suffix = ''): Promise<WholeRequest> {
    const share = this.#budget.begin(call)
    try {
      const frame = await this.#firstMessage(call, (length) => share.resize(length))
      const content = await contentOf(frame, call.metadata, { max: this.#limits.maxMessageBytes, tooLarge })
      share.resize(content.length)
      return { content, [Symbol.dispose]: () => share[Symbol.dispose]() }
    } catch (fault) {
      share[Symbol.dispose]()
      call.cancelled.throwIfAborted()
      throw unreadable(prefix, fault, suffix)
    } finally {
      share.settle()
    }
  }

  async #firstMessage(call: Call, onLength: (length: number) => void): Promise<Buffer> {
    const { maxMessageBytes, stallMs } = this.#limits
    const fits = atMost(maxMessageBytes)
    const judge: JudgeLength = (length) => {
      fits(length)
      onLength(length)
    }
    const stall = new Stall(stallMs, () => call.abort(stopped(stallMs)))
    stall.begin()
    const stopListening = call.request.onNews(() => {
      stall.end()
      stall.begin()
    })
    try {
      const first = await messagesOf(call, judge).next()
      if (first.done) throw new SnetError('invalid-request', 'EOF')
      return first.value
    } finally {
      stopListening()
      stall.end()
    }
  }
}

const stopped = (ms: number): SnetError =>
  new SnetError('timed-out', `the client sent nothing of its request for ${ms} ms`, {
    hint: 'client_stall_timeout of the daemon sets the limit.',
  })

const tooLarge = (text: string): SnetError =>
  new SnetError('rate-limited', `grpc: ${text}`, { hint: 'max_message_size_in_mb of the daemon sets the limit.' })
