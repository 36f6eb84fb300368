import type { PartHealth } from '../observability/index.js'
import type { ChannelHolds, ChannelStore, ClaimStore, Holds, Processes, RecordTable } from '../payments/ports.js'
import type { Backend } from './choose-backend.js'
import type { TableDefinition } from './table.js'

/** Where payments are kept. Every backend keeps the same promises: one contract suite for all of them. */
export interface Storage extends AsyncDisposable {
  readonly backend: Backend
  readonly channels: ChannelStore & ChannelHolds & ClaimStore
  /** One of the tables beside the channels; the same definition gives the same records. */
  table<Value>(definition: TableDefinition<Value>): RecordTable<Value>
  /** Exclusive rights to what is not a channel. */
  readonly holds: Holds
  /** Who shares the store. */
  readonly processes: Processes
  /**
   * Reaches the same store at other addresses from now on; only where it lies elsewhere. Errors: `invalid-config` for
   * another store, `unavailable` when that cannot be learnt; it is reached as before then.
   */
  useEndpoints?(endpoints: readonly string[]): Promise<void>
  /**
   * Says why nothing is sold from here from now on, or that it is again: no daemon starts over it meanwhile. Only where it
   * lies on this host. Error: `storage-failed`.
   */
  setMoved?(why: string | undefined): Promise<void>
  /** Channels of which something is kept. */
  count(): Promise<number>
  health(): Promise<PartHealth>
}
