import { expect, test } from 'vitest'
import type { Process } from '../../../../../src/daemon/payments/ports.js'
import { prepaidTable, Usages } from '../../../../../src/daemon/payments/index.js'
import { createMemoryRecords } from '../../../../../src/daemon/storage/memory/memory-records.js'
import { OwnedTables } from '../../../../../src/daemon/storage/owned-tables.js'
import { Cancellation } from '../../../../../src/shared/cancellation.js'
import { SnetError } from '../../../../../src/shared/errors.js'
import { channelId, cogs } from '../../../../../src/shared/units.js'

const seven = channelId(7n)

test('what was in flight when a process lost its right is refunded once, and never kept', async () => {
  const table = new OwnedTables(createMemoryRecords()).table(prepaidTable)
  const gone = new Set<string>()
  const first = { name: 'first', lost: new Cancellation() }
  const processes = { self: first as Process, isGone: (name: string) => gone.has(name) }
  const usages = new Usages(table, processes)
  await table.change('7', () => ({
    value: { planned: 30n, used: 0n, refunded: 0n, inFlight: new Map() },
    result: undefined,
  }))
  const served = await usages.begin(seven, cogs(10n))
  const failed = await usages.begin(seven, cogs(10n))
  first.lost.abort(new SnetError('unavailable', 'the lease is gone'))
  processes.self = { name: 'second', lost: new Cancellation() }
  await expect(usages.keep(seven, cogs(10n), served)).rejects.toThrow('the lease is gone')
  await usages.refund(seven, cogs(10n), failed)
  gone.add('first')
  await usages.begin(seven, cogs(10n))
  expect(await usages.read(seven)).toMatchObject({ used: 30n, refunded: 20n, inFlight: new Map([['second', 10n]]) })
})
