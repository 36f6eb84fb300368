import { BoundedMap } from '../../../../shared/bounded-map.js'
import type { Cid } from '../../contract/keys.js'

/** Enough of a digest to tell events apart, at a quarter of the memory. */
const KEPT_HEX = 32
const HISTORY = 0

/**
 * The newest ids that one reader has handed on, and which live stream had each of them last. Bounded: what is older is
 * known to whoever keeps the messages.
 */
export class SeenIds {
  readonly #streamOf: BoundedMap<string, number>

  constructor(capacity: number) {
    this.#streamOf = new BoundedMap(capacity)
  }

  has(id: Cid): boolean {
    return this.#streamOf.has(keyOf(id))
  }

  addFromHistory(id: Cid): void {
    this.#streamOf.set(keyOf(id), HISTORY)
  }

  /** @returns what the event is to this reader: new, one that another stream had, or again on the same stream */
  addLive(id: Cid, stream: number): 'new' | 'known' | 'repeat' {
    const key = keyOf(id)
    const last = this.#streamOf.get(key)
    if (last === stream) return 'repeat'
    this.#streamOf.set(key, stream)
    return last === undefined ? 'new' : 'known'
  }

  /** Makes the id unknown again. */
  forget(id: Cid): void {
    this.#streamOf.delete(keyOf(id))
  }
}

/** The end of a CID is its digest; the bytes as characters take half of what hex does. */
const keyOf = (id: Cid): string => Buffer.from(id.slice(-KEPT_HEX), 'hex').toString('latin1')
