import type { Address } from '../../shared/units.js'
import type { Storage, StoreIdentity } from '../storage/index.js'
import type { Judge } from './judge.js'
import type { MovedTable } from './moved-table.js'

/** A store that somebody owns or shares, and how its records are judged. */
export interface OpenStore {
  readonly storage: Storage
  readonly identity: Omit<StoreIdentity, 'backend'>
  /** All that lies beside the channels. */
  readonly tables: readonly MovedTable[]
  readonly judge: Judge
  readonly toAddress: (text: string) => Address
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** How long a call may keep its channel before an import goes on without that channel. */
  readonly holdWaitMs: number
}
