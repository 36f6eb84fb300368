import type { PublicKey } from '../contract/keys.js'
import type { KeyEpoch, TestName } from '../contract/records.js'
import type { SendStore } from '../contract/store.js'

/**
 * Numbers the sets of members who have our key, for one test of a run: a message is expected at the members of its
 * epoch.
 */
export class EpochBook {
  readonly #store: SendStore
  readonly #run: string
  readonly #of: TestName
  #last: KeyEpoch | undefined

  constructor(store: SendStore, run: string, of: TestName) {
    this.#store = store
    this.#run = run
    this.#of = of
    this.#last = store.readEpochs(run, of).at(-1)
  }

  /** To be called before the send of its epoch is written: the store keeps the order of writes. */
  numberOf(members: readonly PublicKey[]): { epoch: number; written: Promise<void> } {
    if (this.#last && sameMembers(this.#last.members, members))
      return { epoch: this.#last.epoch, written: Promise.resolve() }
    this.#last = { epoch: (this.#last?.epoch ?? 0) + 1, members }
    return { epoch: this.#last.epoch, written: this.#store.putEpoch(this.#run, this.#of, this.#last) }
  }
}

const sameMembers = (a: readonly PublicKey[], b: readonly PublicKey[]): boolean =>
  a.length === b.length && a.every((member, at) => member === b[at])
