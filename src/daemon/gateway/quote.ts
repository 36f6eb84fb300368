import { status } from '@grpc/grpc-js'
import { Cancellation } from '../../shared/cancellation.js'
import { messageOf, SnetError } from '../../shared/errors.js'
import { type Cogs, cogs } from '../../shared/units.js'
import { wireFields } from '../../shared/wire/index.js'
import type { Call, Reply, RequestSource } from './call.js'
import { StatusError } from './failure.js'
import { HeaderList } from './header-list.js'
import { atMost, PREFIX_BYTES, peekMessage } from './messages.js'
import type { Upstream } from './upstream/index.js'

export interface QuoteLimits {
  readonly maxMessageBytes: number
  /** How long a client may leave its first message unfinished. */
  readonly stallMs: number
  /** How long the service may take. */
  readonly timeoutMs: number
}

/** A price is one number of at most 11 bytes; what else is in the message is nobody's business. */
const MAX_ANSWER_BYTES = 1024

/**
 * Asks the service what a call costs: by its pricing method, with the call's own first message, over the connections that
 * its calls go by (snet-behaviour 4.3). Whatever keeps a price from being known is one error, which names the method.
 */
export const createQuotes =
  (limits: QuoteLimits, upstream: Pick<Upstream, 'forward'>) =>
  async (call: Call, at: string): Promise<Cogs> => {
    try {
      const message = await firstMessage(call, limits)
      const question = new Question(call, at, message, limits.timeoutMs)
      return parsePrice(await question.ask(upstream))
    } catch (thrown) {
      // Whoever has gone is told nothing, and nothing is the service's fault then.
      call.cancelled.throwIfAborted()
      throw new StatusError(status.INTERNAL, `internal error: ${at}: ${messageOf(thrown)}`, {
        kind: 'upstream-failed',
        hint: 'The service names the price of this method itself, and did not. The call cost nothing.',
        cause: thrown,
      })
    }
  }

async function firstMessage(call: Call, { maxMessageBytes, stallMs }: QuoteLimits): Promise<Buffer> {
  const late = (): void =>
    call.abort(new SnetError('timed-out', `the first message of the call was not whole within ${stallMs} ms`))
  const timer = setTimeout(late, stallMs)
  try {
    return await peekMessage(call, atMost(maxMessageBytes))
  } finally {
    clearTimeout(timer)
  }
}

/** A call of the daemon itself, on behalf of a client's. */
class Question implements Call {
  readonly metadata: HeaderList
  readonly deadline: number
  readonly cancelled = new Cancellation()
  readonly connection = { cut: () => this.abort(new SnetError('cancelled', 'cut')) }
  readonly gone = Promise.resolve()
  readonly request: RequestSource
  readonly reply: Reply
  readonly asksOnce = true
  readonly answersOnce = true
  readonly payer = undefined
  readonly #of: Call
  readonly #timeoutMs: number
  readonly #answer: Buffer[] = []
  #size = 0

  constructor(
    of: Call,
    readonly method: string,
    message: Buffer,
    timeoutMs: number,
  ) {
    this.#of = of
    this.#timeoutMs = timeoutMs
    // Without compression: a price is a few bytes.
    const kept = [...of.metadata].filter(([name]) => name !== 'grpc-accept-encoding')
    this.metadata = new HeaderList(kept.flat())
    this.deadline = Math.min(of.deadline, performance.now() + timeoutMs)
    this.request = wholeRequest(message)
    this.reply = {
      headers: () => undefined,
      write: (chunk) => this.#take(chunk),
      drained: async () => undefined,
      trailers: undefined,
    }
  }

  abort(reason: Error): void {
    this.cancelled.abort(reason)
  }

  /** The message of the answer, without its prefix. */
  async ask(upstream: Pick<Upstream, 'forward'>): Promise<Buffer> {
    const late = (): void => this.abort(new SnetError('timed-out', `no price within ${this.#timeoutMs} ms`))
    const timer = setTimeout(late, this.#timeoutMs)
    const stop = this.#of.cancelled.onAbort((reason) => this.abort(reason))
    try {
      await upstream.forward(this)
    } finally {
      clearTimeout(timer)
      stop()
    }
    const answer = Buffer.concat(this.#answer)
    if (answer[0] !== 0) throw new Error('the answer is compressed, or none')
    return answer.subarray(PREFIX_BYTES)
  }

  #take(chunk: Buffer): boolean {
    this.#size += chunk.length
    if (this.#size <= MAX_ANSWER_BYTES) this.#answer.push(chunk)
    else this.abort(new SnetError('rate-limited', `the answer has more than ${MAX_ANSWER_BYTES} bytes`))
    return true
  }
}

function wholeRequest(message: Buffer): RequestSource {
  let left: Buffer | undefined = message
  return {
    read() {
      const bytes = left
      left = undefined
      return bytes
    },
    unread: (bytes) => (left = bytes),
    get isEnded() {
      return left === undefined
    },
    onNews: () => () => undefined,
  }
}

const PRICE_FIELD = 1
/** Small numbers below zero, as a service writes them that declares a signed price. */
const FIRST_NEGATIVE = 2n ** 64n - 2n ** 32n

/** The price in a PriceInCogs message; an absent number is 0, as everywhere in proto3. */
function parsePrice(message: Uint8Array): Cogs {
  let price = 0n
  for (const field of wireFields(message)) {
    if (field.number !== PRICE_FIELD) continue
    if (field.wireType !== 0) throw new Error('the price is no whole number')
    price = field.value
  }
  if (price >= FIRST_NEGATIVE) throw new Error(`the price ${BigInt.asIntN(64, price)} is negative`)
  return cogs(price)
}
