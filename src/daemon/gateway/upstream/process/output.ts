import type { Readable } from 'node:stream'
import { atMost } from '../../messages.js'

/** What a program writes, kept up to the size of a message. */
export class Output {
  readonly #judge: (length: number) => void
  readonly #parts: Buffer[] = []
  #bytes = 0
  /** Why no more is kept. */
  fault: Error | undefined

  /** @param onTooMuch is called once, when there is more than a message may have */
  constructor(stdout: Readable, maxMessageBytes: number, onTooMuch: () => void) {
    this.#judge = atMost(maxMessageBytes)
    stdout.on('data', (chunk: Buffer) => {
      if (this.fault) return
      try {
        this.#judge((this.#bytes += chunk.length))
        this.#parts.push(chunk)
      } catch (fault) {
        this.fault = fault as Error
        this.#parts.length = 0
        onTooMuch()
      }
    })
  }

  get parts(): readonly Buffer[] {
    return this.#parts
  }

  /** Its beginning, for a message. */
  text(maxBytes: number): string {
    return Buffer.concat(this.#parts.slice(0, 2)).subarray(0, maxBytes).toString('utf8')
  }
}
