import type { SnetError } from '../../../shared/errors.js'
import type { Hold, Holds } from '../../payments/ports.js'
import { toStoreError } from './faults.js'
import type { Holders } from './holders.js'
import type { Locks } from './locks.js'

/** @param keyOf where the lock of a name lies */
export const createHolds = (locks: Locks, holders: Holders, keyOf: (name: string) => string): Holds => ({
  async take(name): Promise<Hold | undefined> {
    const lock = await locks.take(keyOf(name)).catch((fault: unknown) => {
      throw toStoreError(fault, `cannot get mutex for ${name}`)
    })
    return lock && { lost: lock.lost, [Symbol.asyncDispose]: () => locks.release(lock) }
  },
  async end(name: string, reason: SnetError): Promise<boolean> {
    const key = keyOf(name)
    if (!(await holders.isHeld(key))) return false
    await holders.end(key, reason)
    return true
  },
  isHeld: (name) => holders.isHeld(keyOf(name)),
})
