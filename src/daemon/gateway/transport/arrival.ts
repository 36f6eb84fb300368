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
  /** Ends it at once and without a word, when nothing else can be done. */
  giveUp(): void
}

/** What a transport knows of a call when its headers have come and are in order. */
export interface Arrival extends Pick<Call, 'method' | 'metadata' | 'connection' | 'client' | 'request' | 'whenGone'> {
  /** How long the client is ready to wait; undefined when it does not say. */
  readonly timeoutMs: number | undefined
  /**
   * Opens the way back.
   * @param holdsBack the answer waits for `finish`
   * @param call is ended, if it goes on, for a client that goes away, or leaves too much unread
   */
  answer(holdsBack: boolean, call: Pick<Call, 'abort'>): Answer
}

/** Serves one call from its headers to its status: what every transport does with what has come in. */
export function serveArrival(arrival: Arrival, { server, log }: { server: CallServer; log: Log }): void {
  const call = new ArrivedCall(arrival, server.termsOf(arrival.method), log)
  server.onCall(call).then(
    () => call.finish(),
    (failure: unknown) => call.fail(failure),
  )
}

class ArrivedCall implements Call {
  readonly method: string
  readonly metadata: HeaderList
  readonly connection: Connection
  readonly client: string | undefined
  readonly request: RequestSource
  readonly deadline: number
  readonly asksOnce: boolean
  readonly answersOnce: boolean
  readonly reply: Answer
  payer: Address | undefined
  span: Span | undefined
  right: Cancelled | undefined
  readonly cancelled = new Cancellation()
  readonly #arrival: Arrival
  readonly #codes: CallTerms['codes']
  readonly #log: Log
  readonly #timer: NodeJS.Timeout
  #isAnswered = false

  constructor(
    arrival: Arrival,
    { defaultTimeoutMs, largestTimeoutMs, asksOnce, answersOnce, codes }: CallTerms,
    log: Log,
  ) {
    this.method = arrival.method
    this.metadata = arrival.metadata
    this.connection = arrival.connection
    this.client = arrival.client
    this.request = arrival.request
    this.#arrival = arrival
    this.#codes = codes
    this.#log = log
    const timeoutMs = Math.min(arrival.timeoutMs ?? defaultTimeoutMs, largestTimeoutMs)
    this.deadline = performance.now() + timeoutMs
    this.asksOnce = asksOnce
    this.answersOnce = answersOnce
    this.#timer = setTimeout(() => this.abort(tooLate()), timeoutMs)
    this.reply = arrival.answer(answersOnce, this)
  }

  whenGone(listener: () => void): void {
    this.#arrival.whenGone(listener)
  }

  /** A call that has its answer is over; what becomes of the answer is the transport's. */
  abort(reason: Error): void {
    if (this.#isAnswered) return
    clearTimeout(this.#timer)
    this.cancelled.abort(reason)
  }

  /** The deadline goes on until the answer has been taken. */
  finish(): void {
    try {
      this.#settle()
      this.reply.finish(this.deadline - performance.now())
    } catch (fault) {
      this.fail(fault)
    }
  }

  fail(failure: unknown): void {
    try {
      this.#settle()
      this.reply.fail(statusOf(failure, this.#codes, this.#log))
    } catch (error) {
      this.#log.error('a call could not be answered', { error })
      this.reply.giveUp()
    }
  }

  #settle(): void {
    this.#isAnswered = true
    clearTimeout(this.#timer)
  }
}

const tooLate = (): SnetError => new SnetError('timed-out', 'the call did not end before its deadline')
