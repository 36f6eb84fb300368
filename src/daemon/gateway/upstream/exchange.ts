import { constants } from 'node:http2'
import { SnetError, toSnetError } from '../../../shared/errors.js'
import type { Call } from '../call.js'
import { UpstreamStatus, unreadable } from '../failure.js'
import { MAX_BLOCK_BYTES } from '../http2-headers/header-fields.js'
import { firstOf, HeaderList, perList, sizeOf } from '../header-list.js'
import { type JudgeLength, MessageMeter } from '../messages.js'
import { isOfCall } from '../metadata.js'
import type { ServiceConnection } from './service-connection.js'
import { SentRequest } from './sent-request.js'
import type { OpenCall } from './service-pool.js'
import {
  cutShort,
  malformedStatus,
  missingStatus,
  noAnswer,
  notGrpc,
  resetStatus,
  secondAnswer,
  tooLargeHeaders,
  truncatedAnswer,
  UNAVAILABLE_HELP,
} from './service-status.js'
import type { ServiceStream, ServiceStreamEvents } from './service-stream.js'
import { Stall } from './stall.js'

export interface ExchangeLimits {
  readonly maxMessageBytes: number
  /** How long a client may leave its call where only it can go on: unread, or within its request. */
  readonly stallMs: number
}

/** What all calls of a service have in common. */
export interface ExchangeTerms extends Pick<ExchangeLimits, 'stallMs'> {
  readonly judge: JudgeLength
  /** Told of whatever else than an answer becomes of a call. */
  readonly onFailure: (reason: unknown) => void
  /** Makes a call again of which the service has heard nothing; undefined when it was made again already. */
  readonly again: ((call: Call) => Promise<void>) | undefined
}

/**
 * One call on one stream to the service: bytes both ways with back-pressure. Resolves when the service has answered OK
 * and all of its answer was handed on; rejects with its status, or with what broke.
 *
 * The OK trailer is the point of no return: what happens to the client after it does not undo the call.
 */
export const exchange = (opened: OpenCall, call: Call, terms: ExchangeTerms): Promise<void> =>
  new Promise((resolve, reject) => {
    new Exchange(opened, call, terms, resolve, reject)
  })

class Exchange implements ServiceStreamEvents {
  readonly #stream: ServiceStream
  readonly #connection: ServiceConnection
  readonly #call: Call
  readonly #terms: ExchangeTerms
  readonly #resolve: () => void
  readonly #reject: (reason: unknown) => void
  readonly #sent: MessageMeter
  readonly #received: MessageMeter
  readonly #request = new SentRequest()
  /** Of clients who take their answers and send their requests there is neither. */
  #unread: Stall | undefined
  #unsent: Stall | undefined
  #stopNews = NOTHING
  #stopAbort = NOTHING
  #trailers: HeaderList | undefined
  #isOver = false

  constructor(
    { stream, connection }: OpenCall,
    call: Call,
    terms: ExchangeTerms,
    resolve: () => void,
    reject: (reason: unknown) => void,
  ) {
    this.#stream = stream
    this.#connection = connection
    this.#call = call
    this.#terms = terms
    this.#resolve = resolve
    this.#reject = reject
    this.#sent = new MessageMeter(terms.judge)
    this.#received = new MessageMeter(terms.judge)
    stream.listen(this)
    this.#stopNews = call.request.onNews(() => this.onDrain())
    this.#stopAbort = call.cancelled.onAbort((reason) => this.#onAbort(reason))
    this.onDrain()
  }

  onHeaders(raw: readonly string[]): void {
    if (this.#isOver) return
    try {
      this.#takeHeaders(raw)
    } catch (fault) {
      this.#fail(fault)
    }
  }

  onData(chunk: Buffer): void {
    if (this.#isOver) return
    try {
      this.#takeData(chunk)
    } catch (fault) {
      this.#fail(fault)
    }
  }

  onTrailers(raw: readonly string[]): void {
    if (this.#isOver || this.#trailers) return
    try {
      this.#trailers = answerHeaders(raw)
    } catch (fault) {
      this.#fail(fault)
    }
  }

  /** The status is the end of a call, also where the service would take more of the request. */
  onEnd(): void {
    if (this.#trailers) return this.onClose(constants.NGHTTP2_NO_ERROR)
    // Node may tell of the trailers behind the end; and of a reset as of an end, before it tells its code.
    setImmediate(() => this.#stream.isClosed || this.onClose(constants.NGHTTP2_NO_ERROR))
  }

  onClose(resetCode: number): void {
    if (this.#isOver) return
    if (this.#trailers) return this.#judge(this.#trailers)
    const broken = this.#connection.explainBreak()
    // A connection that broke off leaves open whether the call was heard.
    if (resetCode === constants.NGHTTP2_REFUSED_STREAM && !broken && this.#goesAgain()) return
    const reset = resetCode === constants.NGHTTP2_NO_ERROR ? missingStatus() : resetStatus(resetCode)
    this.#fail(broken ?? reset)
  }

  /** What the service has refused unheard may be asked once more (RFC 9113 8.7): one that restarts costs no call. */
  #goesAgain(): boolean {
    const { again } = this.#terms
    const sent = again && this.#request.all
    if (!sent) return false
    this.#leave()
    if (sent.length > 0) this.#call.request.unread(sent)
    again(this.#call).then(this.#resolve, this.#reject)
    return true
  }

  onDrain(): void {
    if (this.#isOver) return
    try {
      this.#send()
    } catch (fault) {
      this.#fail(fault)
    }
  }

  /** Passes on what the client has sent, as long as the service takes it. */
  #send(): void {
    const { request } = this.#call
    const stream = this.#stream
    while (!stream.needsDrain && !stream.hasEnded) {
      const chunk = request.read()
      if (!chunk) break
      this.#unsent?.end()
      this.#sent.push(chunk)
      this.#request.add(chunk)
      stream.write(chunk)
    }
    if (this.#owesRequest) (this.#unsent ??= this.#stall('sent nothing of its request')).begin()
    else this.#unsent?.end()
    if (!request.isEnded || stream.hasEnded) return
    if (!this.#sent.isWhole)
      throw unreadable('failed proxying s2c: ', new SnetError('invalid-request', CUT_OFF), UNAVAILABLE_HELP)
    stream.end()
  }

  /** Whether the service cannot go on before the client does; a client who sends many messages may wait in between. */
  get #owesRequest(): boolean {
    if (this.#call.request.isEnded || this.#stream.needsDrain) return false
    return this.#call.asksOnce || !this.#sent.isWhole
  }

  #takeHeaders(raw: readonly string[]): void {
    this.#connection.noteAnswer()
    this.#request.forget()
    const status = firstOf(raw, ':status')
    const contentType = firstOf(raw, 'content-type') ?? ''
    const isTrailersOnly = firstOf(raw, 'grpc-status') !== undefined
    if (status !== '200' || !contentType.startsWith('application/grpc'))
      throw isTrailersOnly ? new UpstreamStatus(answerHeaders(raw)) : notGrpc(status ?? '', contentType)
    // Trailers-Only: the one header block is the status.
    if (isTrailersOnly) this.#trailers = answerHeaders(raw)
    else this.#call.reply.headers(answerHeaders(raw))
  }

  #takeData(chunk: Buffer): void {
    this.#connection.noteAnswer()
    // A process that was stopped learns here that its right is over, before its timers tell: being asked cuts the call.
    if (this.#call.right?.aborted) return
    this.#received.push(chunk)
    if (this.#call.answersOnce && this.#received.messages > 1) throw secondAnswer()
    if (this.#call.reply.write(chunk)) return
    const unread = (this.#unread ??= this.#stall('took nothing of its answer'))
    this.#stream.pause()
    unread.begin()
    void this.#call.reply.drained().then(() => {
      unread.end()
      this.#stream.resume()
    })
  }

  #stall(what: string): Stall {
    const { stallMs } = this.#terms
    return new Stall(stallMs, () => this.#call.abort(stallError(what, stallMs)))
  }

  #judge(trailers: HeaderList): void {
    const told = trailers.first('grpc-status')
    if (told === undefined) return this.#fail(missingStatus())
    if (!IS_STATUS.test(told)) return this.#fail(malformedStatus())
    if (!isOk(trailers)) return this.#fail(new UpstreamStatus(trailers))
    // What the connection took with it was never handed on, though the status came before.
    if (this.#stream.unreadBytes > 0) return this.#fail(this.#connection.explainBreak() ?? truncatedAnswer())
    if (!this.#received.isWhole) return this.#fail(truncatedAnswer())
    if (this.#call.answersOnce && this.#received.messages === 0) return this.#fail(noAnswer())
    this.#succeed(trailers)
  }

  /** A client that went away, or a deadline, after the service's OK cuts what was left to deliver, not the call. */
  #onAbort(reason: Error): void {
    if (this.#isOver) return
    if (!this.#trailers || !isOk(this.#trailers)) return this.#fail(reason)
    this.#succeed(this.#stream.unreadBytes > 0 ? cutShort(toSnetError(reason)) : this.#trailers)
    this.#stream.reset(constants.NGHTTP2_CANCEL)
  }

  /** @param trailers what the client is told at the end */
  #succeed(trailers: HeaderList): void {
    this.#leave()
    this.#call.reply.trailers = trailers
    this.#resolve()
    // A request of which the service wants no more.
    if (!this.#stream.isClosed && !this.#stream.isAllSent) this.#stream.reset(constants.NGHTTP2_NO_ERROR)
  }

  #fail(reason: unknown): void {
    this.#leave()
    this.#terms.onFailure(reason)
    this.#reject(reason)
    if (!this.#stream.isClosed) this.#stream.reset(constants.NGHTTP2_CANCEL)
  }

  #leave(): void {
    this.#isOver = true
    this.#stopNews()
    this.#stopAbort()
    this.#unread?.end()
    this.#unsent?.end()
  }
}

const NOTHING = (): void => undefined

const stallError = (what: string, limitMs: number): SnetError =>
  new SnetError('timed-out', `the client ${what} for ${limitMs} ms`, {
    hint: 'client_stall_timeout of the daemon sets the limit.',
  })

const CUT_OFF = 'the request ended within a message'

/** A number, which clients need to be told what it means (gRPC over HTTP/2, Status). */
const IS_STATUS = /^\d{1,10}$/

const isOk = (trailers: HeaderList): boolean => trailers.first('grpc-status') === '0'

/** A header block of the service as it goes on. One that cannot is refused here, while nothing is paid yet. */
const answerHeaders = perList((raw) => {
  const fields: string[] = []
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at] as string
    if (name !== 'content-type' && isOfCall(name)) fields.push(name, raw[at + 1] as string)
  }
  const size = sizeOf(fields)
  if (size > MAX_BLOCK_BYTES) throw tooLargeHeaders(size)
  return new HeaderList(fields)
})
