import type { SnetError } from '../../../shared/errors.js'
import type { Hold, Holds } from '../../payments/ports.js'
import { toStoreError } from './faults.js'
import type { Holders } from './holders.js'
import type { Lock } from './lock.js'
import type { Locks } from './locks.js'
import type { Row, Rows } from './rows.js'

export interface HoldsDeps {
  readonly locks: Locks
  readonly holders: Holders
  readonly rows: Rows
  /** Where the lock of a name lies. */
  readonly lockOf: (name: string) => string
  /** The record of this name in one of the tables of the store. */
  readonly rowOf: (table: object, name: string) => Row | undefined
}

/** A lock, perhaps with the record that was read with it. */
export class EtcdHold implements Hold {
  constructor(
    readonly lock: Lock,
    readonly row: Row | undefined,
    readonly release: () => Promise<void>,
  ) {}

  get lost(): Hold['lost'] {
    return this.lock.lost
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.release()
  }
}

export const createHolds = ({ locks, holders, rows, lockOf, rowOf }: HoldsDeps): Holds => ({
  async take(name: string, table?: object): Promise<Hold | undefined> {
    const row = table && rowOf(table, name)
    const lock = await locks.take(lockOf(name), row && { reads: row.keys }).catch((fault: unknown) => {
      throw toStoreError(fault, `cannot get mutex for ${name}`)
    })
    if (!lock) return undefined
    if (row) rows.see(row, lock.values)
    return new EtcdHold(lock, row, () => locks.release(lock))
  },
  async end(name: string, reason: SnetError): Promise<boolean> {
    const key = lockOf(name)
    if (!(await holders.isHeld(key))) return false
    await holders.end(key, reason)
    return true
  },
  isHeld: (name) => holders.isHeld(lockOf(name)),
})
