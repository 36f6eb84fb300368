import { SnetError } from '../../shared/errors.js'
import type { Call } from './call.js'
import { StatusError } from './failure.js'
import { stoppingError } from './limit.js'
import { atMost, type JudgeLength, MessageMeter, news } from './messages.js'

/**
 * Lets a call on once its first message has begun and is not too large, so that no place is taken, no channel held and
 * nothing forwarded for a client that opens calls and stays silent. A call that ends without any message is refused as
 * the reference refuses it (snet-wire 4.1). Nothing is taken from the request: it is put back. Undefined where nothing has to
 * be waited for: most clients send it along with the call.
 */
export const awaitFirstMessage = (
  room: WaitingRoom,
  { maxMessageBytes }: { maxMessageBytes: number },
): ((call: Call) => Promise<void> | undefined) => {
  const judge = atMost(maxMessageBytes)
  const arrival = async (call: Call, first: FirstMessage): Promise<void> => {
    room.enter(call)
    try {
      while (!first.hasBegun()) await news(call)
    } finally {
      room.leave(call)
    }
  }
  return (call) => {
    const first = new FirstMessage(call, judge)
    return first.hasBegun() ? undefined : arrival(call, first)
  }
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
  #onEmpty: (() => void)[] = []

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
    if (this.#calls.size === 0) for (const resolve of this.#onEmpty.splice(0)) resolve()
  }

  /** Resolves when none of them waits. */
  async whenEmpty(): Promise<void> {
    if (this.#calls.size > 0) await new Promise<void>((done) => this.#onEmpty.push(done))
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

/** What has come of a request, until its first message has begun. */
class FirstMessage {
  readonly #call: Call
  readonly #meter: MessageMeter
  readonly #seen: Buffer[] = []

  constructor(call: Call, judge: JudgeLength) {
    this.#call = call
    this.#meter = new MessageMeter(judge)
  }

  /** Looks at what is there; once true, it is all put back. Errors: of `judge`; of a request that ends before. */
  hasBegun(): boolean {
    const { request, cancelled } = this.#call
    cancelled.throwIfAborted()
    while (this.#meter.messages === 0) {
      const chunk = request.read()
      if (!chunk && request.isEnded) throw this.#hasNone()
      if (!chunk) return false
      this.#seen.push(chunk)
      this.#meter.take(chunk, 0)
    }
    request.unread(this.#seen.length === 1 ? (this.#seen[0] as Buffer) : Buffer.concat(this.#seen))
    return true
  }

  #hasNone(): SnetError {
    if (this.#seen.length > 0) return new SnetError('invalid-request', 'the request ended within a message')
    return new StatusError(UNKNOWN, 'EOF')
  }
}
