import { cutShort } from '../../shared/short-text.js'

/** A call that was refused, as operators see it. */
export interface Refusal {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly method: string
  readonly kind: string
  /** What the client was told. */
  readonly message: string
  /** How often in a row. */
  readonly count: number
}

const MOST = 40
const LONGEST = 300

/** The last refusals, in memory; their texts may be what strangers made up. */
export class Refusals {
  readonly #last: Refusal[] = []

  add(method: string, kind: string, message: string): void {
    const refusal = { at: Date.now(), method: cutShort(method, LONGEST), kind, message: cutShort(message, LONGEST) }
    const latest = this.#last.at(-1)
    const isAgain = latest?.method === refusal.method && latest.kind === kind && latest.message === refusal.message
    if (isAgain) this.#last.pop()
    this.#last.push({ ...refusal, count: isAgain ? latest.count + 1 : 1 })
    if (this.#last.length > MOST) this.#last.shift()
  }

  /** The newest comes first. */
  list(): readonly Refusal[] {
    return [...this.#last].reverse()
  }
}
