import { onAbort } from '../../../shared/abort.js'
import { SnetError } from '../../../shared/errors.js'
import { Poller } from '../../../shared/poller.js'
import { Backoff } from '../../../shared/retry.js'
import type { Change, DamageListener, Hold, PlannedChange, RecordTable } from '../../payments/ports.js'
import { storeClosed } from '../no-longer-ours.js'
import type { SharedListChange, SharedValues, TableDefinition } from '../table.js'
import { found, revisionOf, type StoredValue } from './answers.js'
import type { Batches } from './batches.js'
import type { EtcdClient } from './client.js'
import { toStoreError, Unanswered, Unsure } from './faults.js'
import { follow } from './follow.js'
import { EtcdHold } from './holds.js'
import type { SharedKeys } from './keys.js'
import { listPages } from './listing.js'
import type { Commit, Committed, Lock } from './lock.js'
import type { Locks } from './locks.js'
import type { Membership } from './membership.js'
import { get, isStill, type Operation, put } from './operations.js'
import { type Place, placeOf } from './place.js'
import type { Reads, StoredValues } from './reads.js'
import { isAs, type Row, type Rows, writeRow } from './rows.js'
import { UnderWay } from './under-way.js'

export interface TablesDeps {
  readonly client: EtcdClient
  readonly batches: Batches
  readonly membership: Membership
  readonly locks: Locks
  readonly reads: Reads
  readonly rows: Rows
  readonly keys: SharedKeys
}

/** A change of one row, made of its newest values. */
export class PlannedRow implements PlannedChange {
  readonly row: string

  constructor(
    readonly at: Row,
    readonly change: (now: StoredValues) => SharedValues,
  ) {
    this.row = at.name
  }
}

/** A record that is watched is read so often without news of it. */
const LOOK_ANYWAY_MS = 3_600_000

/** So many records are read in one question. */
const RECORDS_AT_ONCE = 30

/** The tables of a store that processes share: what is written is compared, so that nothing is overwritten unseen. */
export class EtcdTables implements AsyncDisposable {
  readonly #deps: TablesDeps
  readonly #underWay = new UnderWay()
  /** Of the tables that were asked for. */
  readonly #places = new WeakMap<object, Pick<Place<unknown>, 'rowOf'>>()
  readonly #closing = new AbortController()

  constructor(deps: TablesDeps) {
    this.#deps = deps
  }

  table<Value>(definition: TableDefinition<Value>): RecordTable<Value> {
    const place = placeOf(definition, this.#deps.keys)
    const table: RecordTable<Value> = {
      read: (key, hold) => this.#read(place, key, hold),
      change: (key, change, hold) => this.#underWay.track(this.#change(place, key, { change, hold })),
      plan: (key, change) =>
        new PlannedRow(place.rowOf(key), (now) => place.write(change(place.read(now, key)), key, now)),
      list: (onDamage) => this.#list(place, onDamage),
      watch: (key, listener) => this.#watch(place, key, listener),
    }
    this.#places.set(table, place)
    return table
  }

  rowOf(table: object, key: string): Row | undefined {
    return this.#places.get(table)?.rowOf(key)
  }

  /** Changes under way are finished; no new one is begun. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort()
    await this.#underWay.settled()
  }

  #requireOpen(): void {
    if (this.#closing.signal.aborted) throw storeClosed()
  }

  async #read<Value>(place: Place<Value>, key: string, hold?: Hold): Promise<Value | undefined> {
    this.#requireOpen()
    const row = place.rowOf(key)
    try {
      return place.read(lockOf(hold, row)?.values ?? (await this.#deps.rows.read(row)), key)
    } catch (fault) {
      throw toStoreError(fault, `the stored record ${row.name} cannot be read`)
    }
  }

  async #change<Value, Result>(
    place: Place<Value>,
    key: string,
    { change, hold }: { readonly change: (now: Value | undefined) => Change<Value, Result>; readonly hold?: Hold },
  ): Promise<Result> {
    this.#requireOpen()
    const row = place.rowOf(key)
    const make = (values: StoredValues): Made<Result> => {
      const now = place.read(values, key)
      try {
        const { value, result } = change(now)
        return { next: place.write(value, key, values), lists: place.lists(key, now, value), result }
      } catch (reason) {
        return { refusal: { reason } }
      }
    }
    let made: Made<Result>
    try {
      made = await this.#deps.rows.inTurn(row, () => this.#write(row, make, lockOf(hold, row)))
    } catch (fault) {
      throw toStoreError(fault, `the record ${row.name} cannot be stored`)
    }
    if (made.refusal) throw made.refusal.reason
    return made.result
  }

  /** Tries until the change was made of what the record is. */
  async #write<Result>(
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
      const isWrite = !made.refusal && !isAs(now, made.next)
      // What was last seen may be old: neither a refusal nor that there is nothing to do may rest on it.
      if (!isWrite && isNew) return made
      const seen = isWrite ? await this.#tryWrite(row, now, made, lock) : undefined
      if (seen === 'done') return made
      now = seen ?? (await rows.read(row, deadline))
      if (seen === undefined && isWrite && isAs(now, made.next)) return made
    }
    throw new Unanswered('others change the record all the time')
  }

  /** What others made of the record where nothing was written; undefined where it has to be read what was done. */
  async #tryWrite(
    row: Row,
    now: StoredValues,
    change: RowChange,
    lock: Lock | undefined,
  ): Promise<'done' | StoredValues | undefined> {
    const { rows, reads } = this.#deps
    const write = writeRow(row, now, change.next)
    const listKeys = change.lists.map(({ key }) => key)
    const lists = listKeys.length > 0 ? await reads.get(listKeys) : []
    const commit = {
      compare: [...write.compare, ...listKeys.map((key, i) => isStill(key, revisionOf(lists[i])))],
      changes: [...write.changes, ...change.lists.flatMap((list, i) => changeOfList(list, lists[i]))],
      reads: [...row.keys, ...listKeys],
      bytes: write.bytes,
    }
    let committed: Committed
    try {
      committed = lock ? await this.#deps.locks.commit(lock, commit) : await this.#send(commit)
    } catch (fault) {
      rows.forget(row)
      if (fault instanceof Unsure) return undefined
      throw fault
    }
    if (!committed.isDone) return rows.see(row, committed.values.slice(0, row.keys.length))
    rows.see(row, write.after(committed.revision))
    return 'done'
  }

  async #send({ compare, changes, reads, bytes }: Commit): Promise<Committed> {
    const { batches, membership } = this.#deps
    const request = { compare, success: changes, failure: reads.map(get) }
    const outcome = await batches.send({ request, session: membership.require(), keys: reads, bytes })
    if (outcome.succeeded) return { isDone: true, revision: outcome.revision }
    return { isDone: false, values: outcome.answers.map(found) }
  }

  async *#list<Value>(place: Place<Value>, onDamage?: DamageListener): AsyncGenerator<readonly [string, Value]> {
    const seen = new Set<string>()
    this.#requireOpen()
    for await (const page of this.#pages(place.prefix)) {
      const keys = page.flatMap((kv) => {
        const key = place.keyOf(kv)
        return key === undefined || seen.has(key) ? [] : [key]
      })
      const unique = [...new Set(keys)]
      for (const key of unique) seen.add(key)
      for (let from = 0; from < unique.length; from += RECORDS_AT_ONCE) {
        yield* await this.#readAll(place, unique.slice(from, from + RECORDS_AT_ONCE), onDamage)
        this.#requireOpen()
      }
    }
  }

  async *#pages(prefix: string): AsyncGenerator<string[]> {
    try {
      for await (const kvs of listPages(this.#deps.client, prefix, { keysOnly: true }))
        yield kvs.map(({ key }) => key.toString())
    } catch (fault) {
      throw toStoreError(fault, 'the stored records cannot be listed')
    }
  }

  async #readAll<Value>(
    place: Place<Value>,
    keys: readonly string[],
    onDamage: DamageListener | undefined,
  ): Promise<(readonly [string, Value])[]> {
    const read = async (key: string): Promise<(readonly [string, Value])[]> => {
      const value = await this.#read(place, key).catch((fault: unknown) => {
        if (!onDamage || !(fault instanceof SnetError) || fault.kind !== 'storage-failed') throw fault
        onDamage({ key: place.rowOf(key).name, fault })
        return undefined
      })
      // It was deleted meanwhile.
      return value === undefined ? [] : [[key, value]]
    }
    return (await Promise.all(keys.map(read))).flat()
  }

  #watch<Value>(place: Place<Value>, key: string, listener: (now: Value | undefined) => void): () => void {
    const over = new AbortController()
    const backoff = new Backoff({ firstMs: 100, longestMs: 2_000 })
    let waitMs = LOOK_ANYWAY_MS
    // One after the other, so that the newest is told last; until it is read, so that no change is missed.
    const reading = new Poller(
      () => waitMs,
      async () => {
        waitMs = backoff.nextMs()
        const now = await this.#read(place, key)
        backoff.reset()
        waitMs = LOOK_ANYWAY_MS
        if (!over.signal.aborted) listener(now)
      },
    )
    const end = (): void => {
      over.abort()
      void reading[Symbol.asyncDispose]()
    }
    const tell = (): void => reading.wake()
    for (const etcdKey of place.rowOf(key).keys)
      void follow(
        this.#deps.client,
        etcdKey,
        { state: tell, changed: (events) => events.length > 0 && tell() },
        over.signal,
      )
    const closing = onAbort(this.#closing.signal, end)
    return () => {
      closing[Symbol.dispose]()
      end()
    }
  }
}

/** The lock that was taken with this record. */
const lockOf = (hold: Hold | undefined, row: Row): Lock | undefined =>
  hold instanceof EtcdHold && hold.row?.name === row.name ? hold.lock : undefined

type Made<Result> =
  | (RowChange & { readonly result: Result; readonly refusal?: undefined })
  | { readonly refusal: { readonly reason: unknown } }

interface RowChange {
  readonly next: SharedValues
  readonly lists: readonly SharedListChange[]
}

function changeOfList({ key, change }: SharedListChange, now: StoredValue | undefined): Operation[] {
  const next = change(now?.value)
  return next === undefined ? [] : [put(key, next)]
}
