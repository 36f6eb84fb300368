import { Cancellation, type Cancelled } from '../../../shared/cancellation.js'
import { SnetError } from '../../../shared/errors.js'
import type { Address } from '../../../shared/units.js'
import type { Log, Span } from '../../observability/index.js'
import type { Call, CallServer, CallTerms, Connection, Reply, RequestSource } from '../call.js'
import { statusOf } from '../failure.js'
import type { HeaderList } from '../header-list.js'

/** The way back to a client, as its transport knows it. */
export interface Answer extends Reply {
  /** Sends what is left of an answer that succeeded, its trailers last. @param leftMs until the deadline of the call */
  finish(leftMs: number): void
  /** Ends the call with a status in place of whatever was held back. */
  fail(status: HeaderList): void
}

/** What a transport knows of a call when its headers have come and are in order. */
export interface Arrival extends Pick<Call, 'method' | 'metadata' | 'connection' | 'client' | 'request' | 'whenGone'> {
  /** How long the client is ready to wait; undefined when it does not say. */
  readonly timeoutMs: number | undefined
  /**
   * Opens the way back.
   * @param holdsBack the answer waits for `finish`
   * @param abort ends the call, if it goes on; for a client that goes away, or leaves too much unread
   */
  answer(holdsBack: boolean, abort: (reason: Error) => void): Answer
}

/** Serves one call from its headers to its status: what every transport does with what has come in. */
export async function serveArrival(arrival: Arrival, { server, log }: { server: CallServer; log: Log }): Promise<void> {
  const terms = server.termsOf(arrival.method)
  const call = new ArrivedCall(arrival, terms)
  try {
    await server.onCall(call)
    call.finish()
  } catch (failure) {
    call.fail(statusOf(failure, terms.codes, log))
  }
}

class ArrivedCall implements Call {
  readonly method: string
  readonly metadata: HeaderList
  readonly connection: Connection
  readonly client: string | undefined
  readonly request: RequestSource
  readonly whenGone: (listener: () => void) => void
  readonly deadline: number
  readonly asksOnce: boolean
  readonly answersOnce: boolean
  readonly reply: Answer
  payer: Address | undefined
  span: Span | undefined
  right: Cancelled | undefined
  readonly cancelled = new Cancellation()
  readonly #timer: NodeJS.Timeout
  #isAnswered = false

  constructor(arrival: Arrival, { defaultTimeoutMs, largestTimeoutMs, asksOnce, answersOnce }: CallTerms) {
    this.method = arrival.method
    this.metadata = arrival.metadata
    this.connection = arrival.connection
    this.client = arrival.client
    this.request = arrival.request
    this.whenGone = arrival.whenGone
    const timeoutMs = Math.min(arrival.timeoutMs ?? defaultTimeoutMs, largestTimeoutMs)
    this.deadline = performance.now() + timeoutMs
    this.asksOnce = asksOnce
    this.answersOnce = answersOnce
    this.#timer = setTimeout(
      () => this.abort(new SnetError('timed-out', 'the call did not end before its deadline')),
      timeoutMs,
    )
    this.reply = arrival.answer(answersOnce, (reason) => {
      // A call that has its answer is over; what becomes of the answer is the transport's.
      if (!this.#isAnswered) this.abort(reason)
    })
  }

  abort(reason: Error): void {
    clearTimeout(this.#timer)
    this.cancelled.abort(reason)
  }

  /** The deadline goes on until the answer has been taken. */
  finish(): void {
    this.#settle()
    this.reply.finish(this.deadline - performance.now())
  }

  fail(status: HeaderList): void {
    this.#settle()
    this.reply.fail(status)
  }

  #settle(): void {
    this.#isAnswered = true
    clearTimeout(this.#timer)
  }
}
