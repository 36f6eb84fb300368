import { Cancellation } from '../../shared/cancellation.js'
import type { SnetError } from '../../shared/errors.js'
import type { Hold, Holds } from '../payments/ports.js'
import { storeClosed, takenOver } from './no-longer-ours.js'
import type { RecordStore } from './record-store.js'

/** The holds of a process that owns its records alone: they are in its memory, so they are gone with it. */
export class OwnedHolds implements Holds, Disposable {
  readonly #records: Pick<RecordStore, 'isOwned'>
  readonly #held = new Map<string, Cancellation>()
  #closed: SnetError | undefined

  constructor(records: Pick<RecordStore, 'isOwned'>) {
    this.#records = records
  }

  async take(key: string): Promise<Hold | undefined> {
    if (this.#closed) throw this.#closed
    if (!this.#records.isOwned()) throw this.#loseAll(takenOver())
    if (this.#held.has(key)) return undefined
    const lost = new Cancellation()
    this.#held.set(key, lost)
    return {
      lost,
      [Symbol.asyncDispose]: async () => {
        if (this.#held.get(key) === lost) this.#held.delete(key)
      },
    }
  }

  async end(key: string, reason: SnetError): Promise<boolean> {
    const lost = this.#held.get(key)
    this.#held.delete(key)
    lost?.abort(reason)
    return lost !== undefined
  }

  async isHeld(key: string): Promise<boolean> {
    return this.#held.has(key)
  }

  [Symbol.dispose](): void {
    this.#loseAll(storeClosed())
  }

  #loseAll(reason: SnetError): SnetError {
    this.#closed ??= reason
    for (const lost of this.#held.values()) lost.abort(this.#closed)
    this.#held.clear()
    return this.#closed
  }
}
