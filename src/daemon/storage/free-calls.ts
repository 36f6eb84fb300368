import type { Address } from '../../shared/units.js'
import type { FreeCallCount } from '../payments/ports.js'
import type { TableDefinition } from './table.js'

/** How many free calls each user has made. */
export const FREE_CALLS: TableDefinition<FreeCallCount> = {
  name: 'free-calls',
  encode: ({ made, ...user }) => ({ ...user, made: String(made) }),
  decode: (fields) => ({
    service: fields.text('service'),
    address: fields.hex('address', 20) as Address,
    userId: fields.text('userId'),
    made: fields.number('made'),
  }),
}
