import type { RecordTable } from '../../src/daemon/payments/ports.js'
import type { TableDefinition } from '../../src/daemon/storage/index.js'

/** The smallest table. */
export const COUNTS: TableDefinition<bigint> = {
  name: 'counts',
  encode: (count) => ({ count: String(count) }),
  decode: (fields) => fields.number('count'),
}
/** One more than there was; what it is then. */
export const raise = (table: RecordTable<bigint>, key: string): Promise<bigint> =>
  table.change(key, (now = 0n) => ({ value: now + 1n, result: now + 1n }))
