import type { SharedListChange, SharedValues } from '../table.js'
import { found, revisionOf, type StoredValue } from './answers.js'
import type { Batches } from './batches.js'
import type { EtcdClient } from './client.js'
import { Unanswered, Unknown, Unsure } from './faults.js'
import type { Commit, Committed, Lock } from './lock.js'
import type { Locks } from './locks.js'
import type { Membership } from './membership.js'
import { get, isStill, type Operation, put } from './operations.js'
import type { Reads, StoredValues } from './reads.js'
import { isAs, isSame, type Row, type Rows, writeRow } from './rows.js'
import { wasChangedAt } from './was-written.js'

export interface RowChangesDeps {
  readonly client: EtcdClient
  readonly batches: Batches
  readonly membership: Membership
  readonly locks: Locks
  readonly reads: Reads
  readonly rows: Rows
}

/** What a change makes of a record as it is, or why it makes nothing of it. */
export type Made<Result> =
  | (RowChange & { readonly result: Result; readonly refusal?: undefined })
  | { readonly refusal: { readonly reason: unknown } }

interface RowChange {
  readonly next: SharedValues
  readonly lists: readonly SharedListChange[]
}

/** A change of a record as it was when it was read. */
interface Trial {
  readonly now: StoredValues
  readonly change: RowChange
  readonly lock: Lock | undefined
  readonly deadline: number
}

/** Changes records from what they are, one change of a record at a time. */
export class RowChanges {
  readonly #deps: RowChangesDeps

  constructor(deps: RowChangesDeps) {
    this.#deps = deps
  }

  /**
   * Tries until the change was made of what the record is.
   * @param lock given back with the change
   */
  change<Result>(row: Row, make: (now: StoredValues) => Made<Result>, lock: Lock | undefined): Promise<Made<Result>> {
    return this.#deps.rows.inTurn(row, () => this.#change(row, make, lock))
  }

  async #change<Result>(
    row: Row,
    make: (now: StoredValues) => Made<Result>,
    lock: Lock | undefined,
  ): Promise<Made<Result>> {
    const { rows, client } = this.#deps
    const deadline = client.deadline()
    const known = rows.known(row)
    let now = known ?? (await rows.read(row, deadline))
    for (let isNew = !known; performance.now() < deadline; isNew = true) {
      const made = make(now)
      if (made.refusal || isAs(now, made.next)) {
        // What was last seen may be old: neither a refusal nor that there is nothing to do may rest on it.
        if (isNew) return made
        now = await rows.read(row, deadline)
        continue
      }
      const others = await this.#tryOnce(row, { now, change: made, lock, deadline })
      if (!others) return made
      now = others
    }
    throw new Unanswered('others change the record all the time')
  }

  /** Undefined once it is done; else the record as others have made it by then. */
  async #tryOnce(row: Row, { now, change, lock, deadline }: Trial): Promise<StoredValues | undefined> {
    const { rows, reads, locks } = this.#deps
    const write = writeRow(row, now, change.next)
    const listKeys = change.lists.map(({ key }) => key)
    const lists = listKeys.length > 0 ? await reads.get(listKeys) : []
    const commit = {
      compare: [...write.compare, ...listKeys.map((key, i) => isStill(key, revisionOf(lists[i])))],
      changes: [...write.changes, ...change.lists.flatMap((list, i) => changeOfList(list, lists[i]))],
      reads: [...row.keys, ...listKeys],
      bytes: write.bytes,
      // What it puts is no proof: others may put the same.
      isNoted: true,
    }
    let committed: Committed
    try {
      committed = lock ? await locks.commit(lock, commit) : await this.#send(commit)
    } catch (fault) {
      rows.forget(row)
      if (fault instanceof Unsure) return await this.#learnOutcome(row, { now, change, deadline }, fault)
      throw fault instanceof Unanswered ? new Unknown(fault.message, { cause: fault }) : fault
    }
    if (!committed.isDone) return rows.see(row, committed.values.slice(0, row.keys.length))
    rows.see(row, write.after(committed.revision))
    return undefined
  }

  /** The same of a change that was not answered. Error: `Unknown`. */
  async #learnOutcome(
    row: Row,
    { now, change, deadline }: Omit<Trial, 'lock'>,
    { doneAt }: Unsure,
  ): Promise<StoredValues | undefined> {
    const { rows, client } = this.#deps
    const changed = row.keys.find((_, i) => !isSame(now[i]?.value, change.next[i])) as string
    const isDone =
      doneAt !== undefined &&
      (await wasChangedAt(client, changed, { revision: doneAt, deadline }).catch((cause: unknown) => {
        throw new Unknown('nobody knows whether the record was changed', { cause })
      }))
    return isDone ? undefined : await rows.read(row, deadline)
  }

  async #send({ compare, changes, reads, ...about }: Commit): Promise<Committed> {
    const { batches, membership } = this.#deps
    const request = { compare, success: changes, failure: reads.map(get) }
    const outcome = await batches.send({ request, session: membership.require(), keys: reads, ...about })
    if (outcome.succeeded) return { isDone: true, revision: outcome.revision }
    return { isDone: false, values: outcome.answers.map(found) }
  }
}

function changeOfList({ key, change }: SharedListChange, now: StoredValue | undefined): Operation[] {
  const next = change(now?.value)
  return next === undefined ? [] : [put(key, next)]
}
