import { toAddress } from '../ethereum/index.js'
import { createFreeCallUsers, type FreeCallUsers } from './payments/index.js'
import { FREE_CALLS } from './storage/index.js'
import { openStoredPayments } from './stored-payments.js'

/** Free calls as they are kept in a data directory in which no daemon lives. */
export interface StoredFreeCalls extends FreeCallUsers, AsyncDisposable {}

/** Errors: as `openStoredPayments`. */
export async function openStoredFreeCalls(path: string): Promise<StoredFreeCalls> {
  const stored = await openStoredPayments(path)
  const { storage, organization, group } = stored
  const of = { organization, group, service: undefined }
  const users = createFreeCallUsers({ counts: storage.table(FREE_CALLS), holds: storage.holds, of, toAddress })
  return { ...users, [Symbol.asyncDispose]: () => stored[Symbol.asyncDispose]() }
}
