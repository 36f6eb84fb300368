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

/** One record as the reference keeps it: under one or more keys, which change together. All keys are below the group's. */
export interface SharedLayout<Value> {
  readonly keysOf: (key: string) => readonly string[]
  /** @param values in the order of `keysOf`; undefined where nothing is kept. Throws where they make no record. */
  readonly read: (values: readonly (Uint8Array | undefined)[], key: string) => Value | undefined
  /** What is kept under each of `keysOf`, in their order; undefined where nothing is. */
  readonly write: (value: Value | undefined, key: string) => readonly (Uint8Array | undefined)[]
  /** What the keys of all records begin with. Every record has a key there. */
  readonly prefix: string
  /** The record that a key below `prefix` is of; undefined where it is of none. */
  readonly keyOf: (etcdKey: string) => string | undefined
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
