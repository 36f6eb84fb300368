import type { Outlet } from './outlet.js'
import type { UnreadAnswer } from './unread-answers.js'

/** The bytes of one answer, held back or on their way. Each counts as unread from here until the socket has it. */
export class AnswerBytes {
  readonly #outlet: Outlet
  readonly #holdsBack: boolean
  readonly #unread: UnreadAnswer
  readonly #onTaken = (bytes: number): void => this.#unread.remove(bytes)
  #held: Buffer[] = NONE

  constructor(outlet: Outlet, holdsBack: boolean, unread: UnreadAnswer) {
    this.#outlet = outlet
    this.#holdsBack = holdsBack
    this.#unread = unread
  }

  /** False asks the writer to wait until there is room; for what is held back there always is. */
  write(chunk: Buffer): boolean {
    if (this.#holdsBack) this.#hold(chunk)
    const hasRoom = this.#holdsBack || this.#send(chunk)
    this.#unread.add(chunk.length)
    return hasRoom
  }

  /** Sends what was held back. */
  release(): void {
    for (const chunk of this.#takeHeld()) this.#send(chunk)
  }

  /** Forgets what was held back. */
  drop(): void {
    for (const chunk of this.#takeHeld()) this.#unread.remove(chunk.length)
  }

  #hold(chunk: Buffer): void {
    if (this.#held === NONE) this.#held = [chunk]
    else this.#held.push(chunk)
  }

  #takeHeld(): readonly Buffer[] {
    const held = this.#held
    this.#held = NONE
    return held
  }

  #send(chunk: Buffer): boolean {
    return this.#outlet.write(chunk, this.#onTaken)
  }
}

/** Never added to. */
const NONE: never[] = []
