import type { ServerHttp2Stream } from 'node:http2'
import type { Readable } from 'node:stream'
import { SnetError } from '../../../../shared/errors.js'
import type { Address } from '../../../../shared/units.js'
import type { Call, Connection } from '../../call.js'
import type { HeaderList } from '../../header-list.js'
import { Http2Reply } from './reply.js'
import type { UnreadAnswers } from '../unread-answers.js'

export interface CallTraits {
  readonly method: string
  readonly metadata: HeaderList
  /** How long the call may take from now on. */
  readonly timeoutMs: number
  /** The answer is a single message and waits for the end of the pipeline. */
  readonly answersOnce: boolean
  readonly connection: Connection
  readonly unread: UnreadAnswers
}

/** A call that came in on a node:http2 stream. */
export class Http2Call implements Call {
  readonly method: string
  readonly metadata: HeaderList
  readonly deadline: number
  readonly reply: Http2Reply
  readonly answersOnce: boolean
  readonly connection: Connection
  readonly gone: Promise<void>
  payer: Address | undefined
  readonly #stream: ServerHttp2Stream
  readonly #end = new AbortController()
  readonly #timer: NodeJS.Timeout
  #isAnswered = false

  constructor(stream: ServerHttp2Stream, { method, metadata, timeoutMs, answersOnce, connection, unread }: CallTraits) {
    this.#stream = stream
    this.method = method
    this.metadata = metadata
    this.deadline = performance.now() + timeoutMs
    this.answersOnce = answersOnce
    this.connection = connection
    this.reply = new Http2Reply(
      stream,
      answersOnce,
      unread.open(connection, () => this.#cut()),
    )
    this.#timer = setTimeout(
      () => this.abort(new SnetError('timed-out', 'the call did not end before its deadline')),
      timeoutMs,
    )
    this.gone = new Promise((done) => stream.once('close', done))
    stream.once('close', () => {
      clearTimeout(this.#timer)
      // A stream closes also after a good end; then nobody listens to the signal any more.
      if (!this.#isAnswered) this.abort(new SnetError('cancelled', 'the client cancelled the call'))
    })
  }

  get signal(): AbortSignal {
    return this.#end.signal
  }

  get request(): Readable {
    return this.#stream
  }

  abort(reason: SnetError): void {
    if (!this.#end.signal.aborted) this.#end.abort(reason)
  }

  /** Sends what is left of an answer that succeeded; the deadline goes on until it has been taken. */
  finish(): void {
    this.#isAnswered = true
    clearTimeout(this.#timer)
    this.reply.finish(this.deadline - performance.now())
  }

  /** Ends the call with a status in place of whatever was held back. */
  fail(status: HeaderList): void {
    this.#isAnswered = true
    clearTimeout(this.#timer)
    this.reply.fail(status)
  }

  #cut(): void {
    if (!this.#isAnswered) {
      this.abort(
        new SnetError(
          'rate-limited',
          'the daemon keeps too many bytes that clients have not taken, these for longest',
          {
            hint: 'Read the answers as they come, or ask for fewer at a time.',
          },
        ),
      )
    }
    this.reply.cut()
  }
}
