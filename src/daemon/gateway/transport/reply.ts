import { SnetError } from '../../../shared/errors.js'
import type { Call, Connection } from '../call.js'
import type { HeaderList } from '../header-list.js'
import { AnswerBytes } from './answer-bytes.js'
import type { Answer } from './arrival.js'
import { Leave } from './leave.js'
import type { Outlet } from './outlet.js'
import type { UnreadAnswer, UnreadAnswers } from './unread-answers.js'

/** What an answer goes out on. */
export interface WayBack {
  readonly outlet: Outlet
  readonly connection: Connection
}

/** The answer of a call over HTTP: what is sent when, and what becomes of it when the client is slow or gone. */
export class HttpReply implements Answer {
  trailers: HeaderList | undefined
  readonly #outlet: Outlet
  readonly #holdsBack: boolean
  readonly #call: Pick<Call, 'abort'>
  readonly #unread: UnreadAnswer
  readonly #bytes: AnswerBytes
  #headers: HeaderList | undefined
  #leave: Leave | undefined
  #isCut = false
  /** Whether the call is over, with an answer or a status. */
  #isSettled = false

  /** @param call is ended, if it goes on, for a client that goes away, or leaves too much unread */
  constructor({ outlet, connection }: WayBack, holdsBack: boolean, call: Pick<Call, 'abort'>, answers: UnreadAnswers) {
    this.#outlet = outlet
    this.#holdsBack = holdsBack
    this.#call = call
    this.#unread = answers.open(connection, this)
    this.#bytes = new AnswerBytes(outlet, holdsBack, this.#unread)
    outlet.onClose(() => this.#onGone())
  }

  headers(headers: HeaderList): void {
    this.#headers = headers
    if (!this.#holdsBack) this.#sendHeaders()
  }

  write(chunk: Buffer): boolean {
    return this.#outlet.isGone || this.#isCut || this.#bytes.write(this.#outlet.encode(chunk))
  }

  drained(): Promise<void> {
    return this.#outlet.whenRoom()
  }

  finish(leftMs: number): void {
    this.#isSettled = true
    if (this.#outlet.isGone) return this.#bytes.drop()
    if (this.#isCut) return this.#outlet.cutOff(true)
    this.#leave = new Leave(this.#outlet, this.#unread, leftMs)
    if (this.#headers) this.#sendHeaders()
    this.#bytes.release()
    this.#outlet.end(this.trailers as HeaderList)
  }

  fail(status: HeaderList): void {
    this.#isSettled = true
    this.#bytes.drop()
    if (this.#outlet.isGone) return
    this.#leave = new Leave(this.#outlet, this.#unread)
    // What a service says before it fails belongs to its answer.
    if (this.#headers) this.#sendHeaders()
    this.#outlet.end(status)
  }

  giveUp(): void {
    this.#outlet.cutOff()
  }

  /** Lets go of the answer at once. A call of which nothing has been sent may still be told its status. */
  cut(): void {
    this.#call.abort(leftUnread())
    this.#isCut = true
    this.#bytes.drop()
    if (this.#outlet.hasBegun) this.#outlet.cutOff(true)
  }

  /** A way out closes also after a good end. */
  #onGone(): void {
    if (!this.#isSettled) this.#call.abort(new SnetError('cancelled', 'the client cancelled the call'))
    this.#leave?.end()
  }

  #sendHeaders(): void {
    if (!this.#outlet.isGone && !this.#outlet.hasBegun) this.#outlet.begin(this.#headers as HeaderList)
  }
}

const leftUnread = (): SnetError =>
  new SnetError('rate-limited', 'the daemon keeps too many bytes that clients have not taken, these for longest', {
    hint: 'Read the answers as they come, or ask for fewer at a time.',
  })
