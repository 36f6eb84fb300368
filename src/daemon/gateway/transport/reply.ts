import { constants, type ServerHttp2Stream } from 'node:http2'
import { toHeaderBlock } from '../../http2-headers/header-block.js'
import type { HeaderList } from '../../header-list.js'
import { AnswerBytes } from './answer-bytes.js'
import { cutOff, leaveBehind, stopClient } from './leave.js'
import type { Answer } from '../arrival.js'
import type { UnreadAnswer } from '../unread-answers.js'

/** The answer of a call on a node:http2 stream: what is sent when, and what becomes of it when the client is slow or gone. */
export class Http2Reply implements Answer {
  trailers: HeaderList | undefined
  readonly #stream: ServerHttp2Stream
  readonly #holdsBack: boolean
  readonly #unread: UnreadAnswer
  readonly #bytes: AnswerBytes
  #headers: HeaderList | undefined
  #isCut = false

  constructor(stream: ServerHttp2Stream, holdsBack: boolean, unread: UnreadAnswer) {
    this.#stream = stream
    this.#holdsBack = holdsBack
    this.#unread = unread
    this.#bytes = new AnswerBytes(stream, holdsBack, unread)
  }

  headers(headers: HeaderList): void {
    this.#headers = headers
    if (!this.#holdsBack) this.#sendHeaders()
  }

  write(chunk: Buffer): boolean {
    return this.#isGone || this.#isCut || this.#bytes.write(chunk)
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

  finish(leftMs: number): void {
    if (this.#isGone) return this.#bytes.drop()
    if (!this.#isCut) leaveBehind(this.#stream, this.#unread, leftMs)
    if (this.#isCut) return cutOff(this.#stream, constants.NGHTTP2_ENHANCE_YOUR_CALM)
    if (this.#headers) this.#sendHeaders()
    this.#bytes.release()
    this.#endWith(this.trailers as HeaderList)
  }

  fail(status: HeaderList): void {
    this.#bytes.drop()
    if (this.#isGone) return
    leaveBehind(this.#stream, this.#unread)
    this.#endWith(status)
  }

  /** Lets go of the answer at once. A call of which nothing has been sent may still be told its status. */
  cut(): void {
    this.#isCut = true
    this.#bytes.drop()
    if (this.#stream.headersSent) cutOff(this.#stream, constants.NGHTTP2_ENHANCE_YOUR_CALM)
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
      stopClient(this.#stream)
      return
    }
    this.#stream.once('wantTrailers', () => {
      try {
        this.#stream.sendTrailers(toHeaderBlock(trailers))
        stopClient(this.#stream)
      } catch {
        // Thrown on, it would end the process: nobody stands above an event of node's.
        this.#stream.close(constants.NGHTTP2_INTERNAL_ERROR)
      }
    })
    this.#stream.end()
  }
}

const RESPONSE = { ':status': '200', 'content-type': 'application/grpc' }
