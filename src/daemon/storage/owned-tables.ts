import { SnetError } from '../../shared/errors.js'
import type { Change, DamageListener, RecordTable } from '../payments/ports.js'
import { storeClosed, takenOver } from './no-longer-ours.js'
import { decodeEach } from './record-text.js'
import { PlannedRow, type RecordStore, type RowChange } from './record-store.js'
import { decodeRow, encodeRow, keyOfRow, rowKey, rowPrefix, type TableDefinition } from './table.js'

/** The tables of a process that owns its records alone. */
export class OwnedTables implements AsyncDisposable {
  readonly #records: RecordStore
  readonly #changing = new Set<Promise<unknown>>()
  #closed: SnetError | undefined

  constructor(records: RecordStore) {
    this.#records = records
  }

  table<Value>(definition: TableDefinition<Value>): RecordTable<Value> {
    const decode = (text: string | undefined, key: string): Value | undefined =>
      text === undefined ? undefined : decodeRow(definition, text, key)
    return {
      read: async (key) => {
        const row = rowKey(definition, key)
        return decode(await this.#read(row), row)
      },
      change: async <Result>(key: string, change: (now: Value | undefined) => Change<Value, Result>) => {
        const row = rowKey(definition, key)
        return this.#change(row, (now) => {
          const { value, result } = change(decode(now, row))
          return { value: value === undefined ? undefined : encodeRow(definition, value), result }
        })
      },
      plan: (key, change) => {
        const row = rowKey(definition, key)
        return new PlannedRow(row, (now) => encodeRow(definition, change(decode(now, row))))
      },
      list: (onDamage) => this.#list(definition, onDamage),
      watch: () => nobodyElse,
    }
  }

  /** Changes under way become durable; no new one is begun. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed ??= storeClosed()
    await Promise.allSettled(this.#changing)
  }

  #requireOpen(): void {
    if (this.#closed) throw this.#closed
  }

  async #read(row: string): Promise<string | undefined> {
    this.#requireOpen()
    try {
      return this.#records.readRow(row)
    } catch (cause) {
      throw new SnetError('storage-failed', `the stored record ${row} cannot be read`, { cause })
    }
  }

  async #change<Result>(row: string, change: RowChange<Result>): Promise<Result> {
    this.#requireOpen()
    const changing = this.#records
      .changeRow(row, (now) => attempt(change, now))
      .catch((cause: unknown) => {
        throw new SnetError('storage-failed', `the record ${row} cannot be stored`, { cause })
      })
    this.#changing.add(changing)
    try {
      const outcome = await changing
      if (outcome === 'fenced') throw takenOver()
      if (outcome.result.isRefused) throw outcome.result.reason
      return outcome.result.answer
    } finally {
      this.#changing.delete(changing)
    }
  }

  async *#list<Value>(
    definition: TableDefinition<Value>,
    onDamage?: DamageListener,
  ): AsyncGenerator<readonly [string, Value]> {
    this.#requireOpen()
    const rows = this.#records.listRows(rowPrefix(definition))
    const read = (text: string, row: string) => [keyOfRow(definition, row), decodeRow(definition, text, row)] as const
    for (const entry of decodeEach(rows, read, onDamage)) {
      yield entry
      this.#requireOpen()
    }
  }
}

/** The change, or the row as it is and why it is not changed. */
function attempt<Result>(change: RowChange<Result>, now: string | undefined): Change<string, Attempt<Result>> {
  try {
    const { value, result } = change(now)
    return { value, result: { isRefused: false, answer: result } }
  } catch (reason) {
    return { value: now, result: { isRefused: true, reason } }
  }
}

type Attempt<Result> =
  { readonly isRefused: false; readonly answer: Result } | { readonly isRefused: true; readonly reason: unknown }

/** Only the owner writes. */
const nobodyElse = (): void => undefined
