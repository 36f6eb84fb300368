import { SnetError } from '../../shared/errors.js'
import { decode, type Fields, ROW_KEYS, VERSION } from './record-text.js'

/** A table of small records: its name, and how a value is kept. Whoever needs one defines it beside its rules. */
export interface TableDefinition<Value> {
  readonly name: string
  /** As plain JSON: numbers in decimal text, bytes in hex. */
  readonly encode: (value: Value) => object
  readonly decode: (fields: Fields) => Value
  /** Where it lies in a store that is shared with the reference's daemons; absent where they have nothing like it. */
  readonly shared?: SharedLayout<Value>
}

/**
 * One record as the reference keeps it: under one or more keys, which change together. All keys are what follows the
 * base prefix of the group (snet-wire 6.1).
 */
export interface SharedLayout<Value> {
  readonly keysOf: (key: string) => readonly string[]
  /** @param values in the order of `keysOf`; undefined where nothing is kept. Throws where they make no record. */
  readonly read: (values: SharedValues, key: string) => Value | undefined
  /**
   * What is kept under each of `keysOf`, in their order; undefined where nothing is.
   * @param now what was kept there, with facts that only the reference knows: they stay
   */
  readonly write: (value: Value | undefined, key: string, now: SharedValues) => SharedValues
  /** What the keys of all records begin with. Every record has a key there, and may have several. */
  readonly prefix: string
  /** The record that a key below `prefix` is of; undefined where it is of none. */
  readonly keyOf: (sharedKey: string) => string | undefined
  /** The lists of the reference in which the record is named, and what a change of it makes of them, all at once. */
  readonly lists?: (key: string, now: Value | undefined, next: Value | undefined) => readonly SharedListChange[]
}

export type SharedValues = readonly (Uint8Array | undefined)[]

export interface SharedListChange {
  readonly key: string
  /** Undefined where the list stays as it is. */
  readonly change: (list: Uint8Array | undefined) => Uint8Array | undefined
}

/** What LMDB takes as a key is 1978 bytes. */
const MAX_ROW_KEY = 1_900

export const rowPrefix = ({ name }: Pick<TableDefinition<never>, 'name'>): string => `${ROW_KEYS.start}${name}/`

/** Plain letters whatever the key holds. Error: `bug` for one that is too long, which its rules have to refuse before. */
export function rowKey(table: Pick<TableDefinition<never>, 'name'>, key: string): string {
  const row = rowPrefix(table) + encodeURIComponent(key)
  if (row.length > MAX_ROW_KEY) throw new SnetError('bug', `a key of table ${table.name} is too long`)
  return row
}

export const keyOfRow = (table: Pick<TableDefinition<never>, 'name'>, row: string): string =>
  decodeURIComponent(row.slice(rowPrefix(table).length))

export const encodeRow = <Value>(table: TableDefinition<Value>, value: Value): string =>
  JSON.stringify({ version: VERSION, ...table.encode(value) })

/** Error: `storage-failed` naming the row. */
export const decodeRow = <Value>(table: TableDefinition<Value>, text: string, row: string): Value =>
  decode(text, row, table.decode)
