import { Cancellation } from '../../src/shared/cancellation.js'
import { type PaymentsDeps, prepaidTable, Usages } from '../../src/daemon/payments/index.js'
import { createMemoryRecords } from '../../src/daemon/storage/memory/memory-records.js'
import { OwnedTables } from '../../src/daemon/storage/owned-tables.js'
import type { RecordStore } from '../../src/daemon/storage/record-store.js'

export const SECRET = 'a secret of thirty-two bytes or more'
export const NOW = 1_700_000_000_000

/** What prepaid calls need of a process, over records that outlive it. */
export const prepaidDeps = (
  records: RecordStore = createMemoryRecords(),
  name = 'first',
): Pick<PaymentsDeps, 'usages' | 'tokens'> => ({
  usages: new Usages(new OwnedTables(records).table(prepaidTable), {
    self: { name, lost: new Cancellation() },
    isGone: (other) => other !== name,
  }),
  tokens: { organization: 'org', group: 'q6s=', lifetimeMs: 60_000, secret: async () => SECRET, now: () => NOW },
})
