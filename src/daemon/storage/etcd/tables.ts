import { onAbort } from '../../../shared/abort.js'
import { SnetError } from '../../../shared/errors.js'
import type { Change, DamageListener, Hold, PlannedChange, RecordTable } from '../../payments/ports.js'
import { storeClosed } from '../no-longer-ours.js'
import type { SharedValues, TableDefinition } from '../table.js'
import { toStoreError } from './faults.js'
import { EtcdHold } from './holds.js'
import type { SharedKeys } from './keys.js'
import { listPages } from './listing.js'
import type { Lock } from './lock.js'
import { type Place, placeOf } from './place.js'
import type { StoredValues } from './reads.js'
import { type Made, RowChanges, type RowChangesDeps } from './row-changes.js'
import { watchRow } from './row-watch.js'
import type { Row } from './rows.js'
import { UnderWay } from './under-way.js'

export interface TablesDeps extends RowChangesDeps {
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

/** So many records are read in one question. */
const RECORDS_AT_ONCE = 30

/** The tables of a store that processes share: what is written is compared, so that nothing is overwritten unseen. */
export class EtcdTables implements AsyncDisposable {
  readonly #deps: TablesDeps
  readonly #changes: RowChanges
  readonly #underWay = new UnderWay()
  /** Of the tables that were asked for. */
  readonly #places = new WeakMap<object, Pick<Place<unknown>, 'rowOf'>>()
  readonly #closing = new AbortController()

  constructor(deps: TablesDeps) {
    this.#deps = deps
    this.#changes = new RowChanges(deps)
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
      made = await this.#changes.change(row, make, lockOf(hold, row))
    } catch (fault) {
      throw toStoreError(fault, `the record ${row.name} cannot be stored`)
    }
    if (made.refusal) throw made.refusal.reason
    return made.result
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
    const end = watchRow(this.#deps.client, place.rowOf(key).keys, {
      read: () => this.#read(place, key),
      tell: listener,
    })
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
