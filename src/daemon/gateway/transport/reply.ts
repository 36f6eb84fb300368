import type { HeaderList } from '../header-list.js'
import { AnswerBytes } from './answer-bytes.js'
import type { Answer } from './arrival.js'
import { leaveBehind } from './leave.js'
import type { Outlet } from './outlet.js'
import type { UnreadAnswer } from './unread-answers.js'

/** The answer of a call over HTTP: what is sent when, and what becomes of it when the client is slow or gone. */
export class HttpReply implements Answer {
  trailers: HeaderList | undefined
  readonly #outlet: Outlet
  readonly #holdsBack: boolean
  readonly #unread: UnreadAnswer
  readonly #bytes: AnswerBytes
  #headers: HeaderList | undefined
  #isCut = false
  #isSettled = false

  constructor(outlet: Outlet, holdsBack: boolean, unread: UnreadAnswer) {
    this.#outlet = outlet
    this.#holdsBack = holdsBack
    this.#unread = unread
    this.#bytes = new AnswerBytes(outlet, holdsBack, unread)
  }

  /** Whether the call is over, with an answer or a status. */
  get isSettled(): boolean {
    return this.#isSettled
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
    leaveBehind(this.#outlet, this.#unread, leftMs)
    if (this.#headers) this.#sendHeaders()
    this.#bytes.release()
    this.#outlet.end(this.trailers as HeaderList)
  }

  fail(status: HeaderList): void {
    this.#isSettled = true
    this.#bytes.drop()
    if (this.#outlet.isGone) return
    leaveBehind(this.#outlet, this.#unread)
    // What a service says before it fails belongs to its answer.
    if (this.#headers) this.#sendHeaders()
    this.#outlet.end(status)
  }

  /** Lets go of the answer at once. A call of which nothing has been sent may still be told its status. */
  cut(): void {
    this.#isCut = true
    this.#bytes.drop()
    if (this.#outlet.hasBegun) this.#outlet.cutOff(true)
  }

  #sendHeaders(): void {
    if (!this.#outlet.isGone && !this.#outlet.hasBegun) this.#outlet.begin(this.#headers as HeaderList)
  }
}
