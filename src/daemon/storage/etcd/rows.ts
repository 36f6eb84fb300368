import { BoundedMap } from '../../../shared/bounded-map.js'
import { revisionOf } from './answers.js'
import { type Comparison, isStill, type Operation, putOrRemove } from './operations.js'
import type { Reads, StoredValues } from './reads.js'

/** The keys of one record, as messages name it. */
export interface Row {
  readonly name: string
  readonly keys: readonly string[]
}

/** So many records are known as they were last seen. What is made of them is compared by etcd, so they need not be new. */
const MOST_KNOWN = 10_000

/** The records of tables, each the values of a few keys that change together, one change at a time in this process. */
export class Rows {
  readonly #reads: Reads
  readonly #known = new BoundedMap<string, StoredValues>(MOST_KNOWN)
  /** The last of those who change a record, each waiting for the one before. */
  readonly #turns = new Map<string, Promise<unknown>>()

  constructor(reads: Reads) {
    this.#reads = reads
  }

  /** As it was last seen; undefined where it was not. */
  known({ name }: Row): StoredValues | undefined {
    return this.#known.get(name)
  }

  see({ name }: Row, values: StoredValues): StoredValues {
    this.#known.set(name, values)
    return values
  }

  forget({ name }: Row): void {
    this.#known.delete(name)
  }

  /** As it is. Errors: `Unanswered`, `Refused`. */
  async read(row: Row, deadline?: number): Promise<StoredValues> {
    return this.see(row, await this.#reads.get(row.keys, deadline))
  }

  /** Does `work` when everybody who came before is done with the record. */
  async inTurn<Result>({ name }: Row, work: () => Promise<Result>): Promise<Result> {
    const before = this.#turns.get(name)
    const turn = (before ?? Promise.resolve()).then(work)
    const settled = turn.catch(() => undefined)
    this.#turns.set(name, settled)
    try {
      return await turn
    } finally {
      if (this.#turns.get(name) === settled) this.#turns.delete(name)
    }
  }
}

/** What a transaction compares and changes so that a record becomes `next`, in the order of its keys. */
export interface RowWrite {
  readonly keys: readonly string[]
  readonly compare: readonly Comparison[]
  readonly changes: readonly Operation[]
  readonly bytes: number
  /** The record afterwards, where the transaction was of this revision. */
  readonly after: (revision: string) => StoredValues
}

export function writeRow({ keys }: Row, now: StoredValues, next: readonly (Uint8Array | undefined)[]): RowWrite {
  const changed = keys.map((_, i) => !isSame(now[i]?.value, next[i]))
  return {
    keys,
    compare: keys.map((key, i) => isStill(key, revisionOf(now[i]))),
    changes: keys.flatMap((key, i) => (changed[i] ? [putOrRemove(key, next[i])] : [])),
    bytes: next.reduce((sum, value) => sum + (value?.byteLength ?? 0), 1_024),
    after: (revision) =>
      keys.map((_, i) => {
        const value = next[i]
        return changed[i] ? value && { value, revision, lease: '0' } : now[i]
      }),
  }
}

/** Whether a record is what is to be written, or was. */
export const isAs = (now: StoredValues, next: readonly (Uint8Array | undefined)[]): boolean =>
  next.every((value, i) => isSame(now[i]?.value, value))

export function isSame(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  return one === undefined || other === undefined ? one === other : Buffer.compare(one, other) === 0
}
