import { SnetError } from '../../shared/errors.js'
import type { Call } from './call.js'

/** What one request counts for, until it is disposed of. */
export interface RequestShare extends Disposable {
  resize(bytes: number): void
  /** It has come as a whole: it is not given up any more. */
  settle(): void
}

interface Entry {
  readonly call: Call
  bytes: number
}

/**
 * How many bytes of requests are kept together, where they are needed as a whole. A message counts from its announcement,
 * and of too many bytes the call goes that has taken longest to send its own.
 */
export class RequestBudget {
  readonly #maxBytes: number
  readonly #coming = new Set<Entry>()
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  begin(call: Call): RequestShare {
    const entry: Entry = { call, bytes: 0 }
    this.#coming.add(entry)
    const settle = (): void => void this.#coming.delete(entry)
    return {
      resize: (bytes) => this.#charge(entry, bytes),
      settle,
      [Symbol.dispose]: () => {
        settle()
        this.#charge(entry, 0)
      },
    }
  }

  #charge(entry: Entry, bytes: number): void {
    this.#bytes += bytes - entry.bytes
    entry.bytes = bytes
    for (const oldest of this.#coming) {
      if (this.#bytes <= this.#maxBytes) return
      this.#coming.delete(oldest)
      this.#bytes -= oldest.bytes
      oldest.bytes = 0
      oldest.call.abort(tooMuch())
    }
  }
}

const tooMuch = (): SnetError =>
  new SnetError('rate-limited', 'the daemon keeps too many bytes of requests, and this one has taken longest to come', {
    hint: 'Send requests at once and whole, or fewer at a time.',
  })
