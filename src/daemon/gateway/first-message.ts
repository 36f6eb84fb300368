import { SnetError } from '../../shared/errors.js'
import type { Call, Filter } from './call.js'
import { StatusError } from './failure.js'
import { stoppingError } from './limit.js'
import { atMost, type JudgeLength, MessageMeter, news } from './messages.js'

/**
 * Lets a call on once its first message has begun and is not too large, so that no place is taken, no channel held and
 * nothing forwarded for a client that opens calls and stays silent. A call that ends without any message is refused as
 * the reference refuses it (snet-wire 4.1). Nothing is taken from the request: it is put back.
 */
export const awaitFirstMessage =
  (room: WaitingRoom, { maxMessageBytes }: { maxMessageBytes: number }): Filter =>
  async (call, next) => {
    room.enter(call)
    try {
      if ((await firstMessage(call, atMost(maxMessageBytes))) === 'none') throw new StatusError(UNKNOWN, 'EOF')
    } finally {
      room.leave(call)
    }
    await next()
  }

const UNKNOWN = 2

export interface WaitingLimits {
  readonly max: number
  readonly timeoutMs: number
}

/** The calls whose first message has not come. They have their time, and of too many the oldest one goes. */
export class WaitingRoom {
  readonly #limits: WaitingLimits
  readonly #calls = new Map<Call, NodeJS.Timeout>()
  #isClosed = false

  constructor(limits: WaitingLimits) {
    this.#limits = limits
  }

  enter(call: Call): void {
    if (this.#isClosed) throw stoppingError()
    const { max, timeoutMs } = this.#limits
    const [oldest] = this.#calls.keys()
    if (oldest && this.#calls.size >= max) this.#sendAway(oldest, tooMany(max))
    this.#calls.set(
      call,
      setTimeout(() => this.#sendAway(call, tooLate(timeoutMs)), timeoutMs),
    )
  }

  leave(call: Call): void {
    clearTimeout(this.#calls.get(call))
    this.#calls.delete(call)
  }

  close(): void {
    this.#isClosed = true
    for (const call of this.#calls.keys()) this.#sendAway(call, stoppingError())
  }

  #sendAway(call: Call, reason: SnetError): void {
    this.leave(call)
    call.abort(reason)
  }
}

const HINT = 'Send the request right after opening the call.'

const tooMany = (max: number): SnetError =>
  new SnetError('rate-limited', `more than ${max} calls wait for their first message, this one for longest`, {
    hint: HINT,
  })

const tooLate = (timeoutMs: number): SnetError =>
  new SnetError('timed-out', `the first message of the call did not come within ${timeoutMs} ms`, { hint: HINT })

/** Resolves when the first message has begun, or the request has ended without one. Error: of `judge`. */
async function firstMessage(call: Call, judge: JudgeLength): Promise<'begun' | 'none'> {
  const { request, cancelled } = call
  const meter = new MessageMeter(judge)
  const seen: Buffer[] = []
  for (;;) {
    cancelled.throwIfAborted()
    const chunk = request.read()
    if (chunk) {
      seen.push(chunk)
      meter.take(chunk, 0)
    } else if (request.isEnded) break
    else await news(call)
    if (meter.messages === 0) continue
    request.unread(Buffer.concat(seen))
    return 'begun'
  }
  if (seen.length > 0) throw new SnetError('invalid-request', 'the request ended within a message')
  return 'none'
}
