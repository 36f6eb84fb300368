import { SnetError } from '../../shared/errors.js'
import { decode, type Fields, ROW_KEYS, VERSION } from './record-text.js'

/** A table of small records: its name, and how a value is kept. Whoever needs one defines it beside its rules. */
export interface TableDefinition<Value> {
  readonly name: string
  /** As plain JSON: numbers in decimal text, bytes in hex. */
  readonly encode: (value: Value) => object
  readonly decode: (fields: Fields) => Value
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
