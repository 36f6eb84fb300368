import { Readable } from 'node:stream'
import type { RequestSource } from '../call.js'
import { Stall } from '../upstream/index.js'

/** The body of a request: no more of it is taken from the client than is read here. */
export class BodyStream extends Readable {
  readonly #body: RequestSource
  readonly #stall: Stall
  readonly #stop: () => void
  #isWanted = false

  /** @param onStall is told when the client is waited for longer than that */
  constructor(body: RequestSource, stallMs: number, onStall: () => void) {
    super()
    this.#body = body
    this.#stall = new Stall(stallMs, onStall)
    this.#stop = body.onNews(() => this.#give())
  }

  override _read(): void {
    this.#isWanted = true
    this.#give()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#stall.end()
    this.#stop()
    done(error)
  }

  #give(): void {
    if (!this.#isWanted || this.destroyed) return
    const bytes = this.#body.read()
    if (!bytes && !this.#body.isEnded) return this.#stall.begin()
    this.#stall.end()
    this.#isWanted = false
    this.push(bytes ?? null)
  }
}
