import { status } from '../../shared/grpc-status.js'
import { Cancellation } from '../../shared/cancellation.js'
import { messageOf, SnetError } from '../../shared/errors.js'
import type { Cogs } from '../../shared/units.js'
import { parsePrice } from '../../shared/wire/index.js'
import type { Call, RequestSource } from './call.js'
import { StatusError } from './failure.js'
import { HeaderList } from './header-list.js'
import { atMost, PREFIX_BYTES, peekMessage } from './messages.js'
import { RequestBudget, type RequestShare } from './request-budget.js'
import { callService, OneAnswer, type Upstream } from './upstream/index.js'

export interface QuoteLimits {
  readonly maxMessageBytes: number
  /** How long a client may leave its first message unfinished. */
  readonly stallMs: number
  /** How long the service may take. */
  readonly timeoutMs: number
  /** What the first messages of all calls whose price is not known yet may take up together. */
  readonly maxBytes: number
}

/** A price is one number of at most 11 bytes; what else is in the message is nobody's business. */
const MAX_ANSWER_BYTES = 1024

/**
 * Asks the service what a call costs: by its pricing method, with the call's own first message, over the connections that
 * its calls go by (snet-behaviour 4.3). Whatever keeps a price from being known is one error, which names the method.
 */
export const createQuotes = (limits: QuoteLimits, upstream: Pick<Upstream, 'forward'>) => {
  const budget = new RequestBudget(limits.maxBytes)
  return async (call: Call, at: string): Promise<Cogs> => {
    using share = budget.begin(call)
    try {
      const message = await firstMessage(call, limits, share)
      return parsePrice(await askPrice(upstream, at, { call, message, limitMs: limits.timeoutMs }))
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
}

async function firstMessage(
  call: Call,
  { maxMessageBytes, stallMs }: QuoteLimits,
  share: RequestShare,
): Promise<Buffer> {
  const late = (): void =>
    call.abort(new SnetError('timed-out', `the first message of the call was not whole within ${stallMs} ms`))
  const timer = setTimeout(late, stallMs)
  const fits = atMost(maxMessageBytes)
  try {
    return await peekMessage(call, (length) => {
      fits(length)
      share.resize(length)
    })
  } finally {
    clearTimeout(timer)
    share.settle()
  }
}

/** The message of the answer, without its prefix. */
async function askPrice(
  upstream: Pick<Upstream, 'forward'>,
  at: string,
  { call, message, limitMs }: { call: Call; message: Buffer; limitMs: number },
): Promise<Buffer> {
  const cancelled = new Cancellation()
  const stop = call.cancelled.onAbort((reason) => cancelled.abort(reason))
  const tooLong = new SnetError('rate-limited', `the answer has more than ${MAX_ANSWER_BYTES} bytes`)
  const reply = new OneAnswer(MAX_ANSWER_BYTES, () => cancelled.abort(tooLong))
  // Without compression: a price is a few bytes.
  const metadata = new HeaderList([...call.metadata].filter(([name]) => name !== 'grpc-accept-encoding').flat())
  const parts = { method: at, metadata, request: wholeRequest(message), reply, asksOnce: true, span: call.span }
  const time = { timeoutMs: limitMs, deadline: call.deadline, late: `no price within ${limitMs} ms` }
  try {
    await callService(upstream, { ...parts, ...time, cancelled })
  } finally {
    stop()
  }
  const { frame } = reply
  if (frame[0] !== 0) throw new Error('the answer is compressed, or none')
  return frame.subarray(PREFIX_BYTES)
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
