import { constants, type ServerHttp2Stream } from 'node:http2'
import type { Readable } from 'node:stream'
import { SnetError } from '../../shared/errors.js'
import type { Address } from '../../shared/units.js'
import type { Call, Reply } from './call.js'
import { toHeaderBlock } from './header-block.js'
import type { HeaderList } from './header-list.js'

export interface CallTraits {
  readonly method: string
  readonly metadata: HeaderList
  /** How long the call may take from now on. */
  readonly timeoutMs: number
  /** The answer is a single message and waits for the end of the pipeline. */
  readonly answersOnce: boolean
}

/** A call that came in on a node:http2 stream. */
export class Http2Call implements Call {
  readonly method: string
  readonly metadata: HeaderList
  readonly deadline: number
  readonly reply: Http2Reply
  readonly answersOnce: boolean
  payer: Address | undefined
  readonly #stream: ServerHttp2Stream
  readonly #end = new AbortController()
  readonly #timer: NodeJS.Timeout
  #isAnswered = false

  constructor(stream: ServerHttp2Stream, { method, metadata, timeoutMs, answersOnce }: CallTraits) {
    this.#stream = stream
    this.method = method
    this.metadata = metadata
    this.deadline = performance.now() + timeoutMs
    this.answersOnce = answersOnce
    this.reply = new Http2Reply(stream, answersOnce)
    this.#timer = setTimeout(
      () => this.abort(new SnetError('timed-out', 'the call did not end before its deadline')),
      timeoutMs,
    )
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

  /** Sends what is left of an answer that succeeded. */
  finish(): void {
    this.#isAnswered = true
    clearTimeout(this.#timer)
    this.reply.finish()
  }

  /** Ends the call with a status in place of whatever was held back. */
  fail(status: HeaderList): void {
    this.#isAnswered = true
    clearTimeout(this.#timer)
    this.reply.fail(status)
  }
}

class Http2Reply implements Reply {
  trailers: HeaderList | undefined
  readonly #stream: ServerHttp2Stream
  readonly #holdsBack: boolean
  #headers: HeaderList | undefined
  #held: Buffer[] = []

  constructor(stream: ServerHttp2Stream, holdsBack: boolean) {
    this.#stream = stream
    this.#holdsBack = holdsBack
  }

  headers(headers: HeaderList): void {
    this.#headers = headers
    if (!this.#holdsBack) this.#sendHeaders()
  }

  write(chunk: Buffer): boolean {
    if (!this.#holdsBack) return this.#isGone || this.#stream.write(chunk)
    this.#held.push(chunk)
    return true
  }

  /** Resolves when there is room again, or nobody left to write to. */
  drained(): Promise<void> {
    return new Promise((done) => {
      if (this.#isGone) return done()
      const settle = (): void => {
        this.#stream.off('drain', settle).off('close', settle)
        done()
      }
      this.#stream.on('drain', settle).on('close', settle)
    })
  }

  finish(): void {
    if (this.#isGone) return
    if (this.#headers) this.#sendHeaders()
    for (const chunk of this.#held) this.#stream.write(chunk)
    this.#endWith(this.trailers as HeaderList)
  }

  fail(status: HeaderList): void {
    this.#held = []
    if (!this.#isGone) this.#endWith(status)
  }

  get #isGone(): boolean {
    return this.#stream.destroyed || this.#stream.closed
  }

  #sendHeaders(): void {
    if (this.#isGone || this.#stream.headersSent) return
    this.#stream.respond(toHeaderBlock(this.#headers as HeaderList, RESPONSE), { waitForTrailers: true })
  }

  #endWith(trailers: HeaderList): void {
    if (!this.#stream.headersSent) {
      // Trailers-Only: the status travels in the one and only header block.
      this.#stream.respond(toHeaderBlock(trailers, RESPONSE), { endStream: true })
      this.#stopClient()
      return
    }
    this.#stream.once('wantTrailers', () => {
      try {
        this.#stream.sendTrailers(toHeaderBlock(trailers))
        this.#stopClient()
      } catch {
        // Thrown on, it would end the process: nobody stands above an event of node's.
        this.#stream.close(constants.NGHTTP2_INTERNAL_ERROR)
      }
    })
    this.#stream.end()
  }

  /**
   * What a client still sends after its answer is thrown away, so that its stream can close; whoever goes on for long
   * is told to stop, without an error, since the answer is complete (RFC 9113 8.1).
   */
  #stopClient(): void {
    const stream = this.#stream
    if (stream.readableEnded || this.#isGone) return
    const timer = setTimeout(() => stream.close(constants.NGHTTP2_NO_ERROR), LINGER_MS)
    stream.once('close', () => clearTimeout(timer))
    stream.resume()
  }
}

/** Time for the last bytes of an answer to leave before the stream is closed behind them. */
const LINGER_MS = 1_000

const RESPONSE = { ':status': '200', 'content-type': 'application/grpc' }
