import type { DamageListener, Processes } from '../payments/ports.js'
import { type Fields, fieldsOf, type Storage, type TableDefinition } from '../storage/index.js'
import type { Fault } from './judge.js'

/** How the records of a table come from one store into another. */
export interface MovingRules<Value> {
  /** What is kept of two stores' knowledge; the same whichever comes first, and however often. */
  readonly join: (kept: Value | undefined, came: Value) => Value
  /** Whether a record may lie under this key. */
  readonly isKey: (key: string, value: Value) => boolean
  /** The rule that a record breaks by itself. */
  readonly faultOf?: (value: Value) => Fault | undefined
  /** What a record is worth once processes that are gone have been seen to. */
  readonly settle?: (value: Value, processes: Processes) => Value
}

/** What an import did with a record. */
export type Outcome = 'added' | 'raised' | 'kept'

/** A table of any values, for who moves all of them. */
export interface MovedTable {
  readonly name: string
  /** Records as plain JSON. */
  list(storage: Storage, onDamage?: DamageListener): AsyncIterable<{ key: string; fields: object; fault?: Fault }>
  /** Throws what is damaged in `raw`. */
  parse(key: string, raw: Record<string, unknown>): ParsedRow
}

/** A record that can be read, of no store yet. */
export interface ParsedRow {
  readonly fault: Fault | undefined
  /** Without `dryRun` it is written. */
  importInto(storage: Storage, how: { readonly dryRun: boolean }): Promise<Outcome>
}

/** A table together with its rules: a table that has none cannot be listed among those that are moved. */
export function movedTable<Value>(definition: TableDefinition<Value>, rules: MovingRules<Value>): MovedTable {
  const { name, encode, decode } = definition
  return {
    name,
    async *list(storage, onDamage) {
      for await (const [key, value] of storage.table(definition).list(onDamage)) {
        const settled = rules.settle?.(value, storage.processes) ?? value
        const fault = rules.isKey(key, value) ? rules.faultOf?.(settled) : MISPLACED
        yield { key, fields: encode(settled), ...(fault && { fault }) }
      }
    },
    parse(key, raw) {
      const came = decode(fieldsOf(raw) satisfies Fields)
      if (!rules.isKey(key, came)) throw new Error('its key is another record’s')
      return {
        fault: rules.faultOf?.(came),
        async importInto(storage, { dryRun }) {
          const table = storage.table(definition)
          const judge = (kept: Value | undefined) => {
            const value = rules.join(kept, came)
            return { value, result: outcomeOf(kept && encode(kept), encode(value)) }
          }
          const { result } = judge(await table.read(key))
          return dryRun || result === 'kept' ? result : await table.change(key, judge)
        },
      }
    },
  }
}

const MISPLACED: Fault = {
  fault: 'it lies under the key of another record',
  cure: 'Stop the daemon and keep a copy of its data_dir before anything else.',
}

function outcomeOf(kept: object | undefined, value: object): Outcome {
  if (!kept) return 'added'
  return JSON.stringify(kept) === JSON.stringify(value) ? 'kept' : 'raised'
}
