import { SnetError } from '../../../../shared/errors.js'
import type { RequestSource } from '../../call.js'
import { Base64Reader } from './base64.js'

/** The bytes of a body that is base64. Once it is malformed, nothing more is read of it, nor does it end. */
export class TextSource implements RequestSource {
  readonly #body: RequestSource
  readonly #onMalformed: (error: SnetError) => void
  readonly #reader = new Base64Reader()
  readonly #putBack: Buffer[] = []
  #isMalformed = false

  constructor(body: RequestSource, onMalformed: (error: SnetError) => void) {
    this.#body = body
    this.#onMalformed = onMalformed
  }

  read(): Buffer | undefined {
    const known = this.#putBack.pop()
    if (known) return known
    while (!this.#isMalformed) {
      const text = this.#body.read()
      if (!text) return undefined
      const bytes = this.#reader.read(text)
      if (!bytes) this.#giveUp('the body of the request is not base64')
      else if (bytes.length > 0) return bytes
    }
    return undefined
  }

  unread(bytes: Buffer): void {
    this.#putBack.push(bytes)
  }

  get isEnded(): boolean {
    if (this.#isMalformed || this.#putBack.length > 0 || !this.#body.isEnded) return false
    if (this.#reader.isWhole) return true
    this.#giveUp('the base64 of the request is cut off')
    return false
  }

  onNews(listener: () => void): () => void {
    return this.#body.onNews(listener)
  }

  #giveUp(what: string): void {
    this.#isMalformed = true
    this.#onMalformed(new SnetError('invalid-request', what))
  }
}
