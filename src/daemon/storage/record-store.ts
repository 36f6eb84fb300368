import type { ChannelId, ChannelNonce } from '../../shared/units.js'
import type {
  Change,
  ChannelRecord,
  ChannelWrite,
  DamageListener,
  PendingClaim,
  PlannedChange,
} from '../payments/ports.js'

/** A record with the version that a later write compares, so that nothing is overwritten unseen. */
export interface Stored {
  readonly record: ChannelRecord | undefined
  readonly version: string | undefined
}

/** Where the records of one owning process lie; who may write when is decided above it. */
export interface RecordStore {
  read(id: ChannelId): Stored
  readClaim(id: ChannelId, nonce: ChannelNonce): PendingClaim | undefined
  /** Every channel with a record, in no order. */
  list(onDamage?: DamageListener): Iterable<ChannelRecord>
  /** Every claim that is kept, in no order. */
  listClaims(onDamage?: DamageListener): Iterable<PendingClaim>
  /**
   * Writes everything or nothing, and resolves once it is durable. `moved`: the record is no longer the version that
   * was read. `fenced`: another process owns the store now. Rejects when the write failed; nothing was written then.
   */
  write(write: ChannelWrite, over: string | undefined): Promise<'written' | 'moved' | 'fenced'>
  /** The text of a row of one of the tables. */
  readRow(key: string): string | undefined
  /** The rows whose keys begin with `prefix`, in no order. */
  listRows(prefix: string): Iterable<readonly [key: string, text: string]>
  /**
   * Writes what `change` makes of the newest text, or deletes the row where it makes none, and resolves once that is
   * durable. `fenced`: another process owns the store now. Rejects when the write failed; nothing was written then.
   */
  changeRow<Result>(key: string, change: RowChange<Result>): Promise<'fenced' | { readonly result: Result }>
  /** Whether this process still owns the store. */
  isOwned(): boolean
  /** Channels with a record; 0 tells an empty store. */
  count(): number
  close(): Promise<void>
}

/** Others share its transaction, so it throws nothing; the same text as before writes nothing. */
export type RowChange<Result> = (now: string | undefined) => Change<string, Result>

/** A planned change of one row, made of its newest text. */
export class PlannedRow implements PlannedChange {
  constructor(
    readonly row: string,
    readonly change: (now: string | undefined) => string,
  ) {}
}
