import type { ImportStorageReplyMessage, StorageFaultsMessage } from './control-service.js'

/** The store of a daemon as a whole: of one that lives, or opened without any. */
export interface KeptStore {
  /**
   * Everything that is kept, as lines of JSON without their ends. Error: `storage-failed` naming a record that cannot be
   * read, unless those are left out.
   */
  exportLines(how: { readonly skipDamaged: boolean }): AsyncIterable<string>
  /**
   * Merges such lines in; no amount is lowered. With `dryRun` nothing is written. Error: `invalid-request` for what is no
   * whole export, and for another identity's.
   */
  importLines(lines: AsyncIterable<string>, how: { readonly dryRun: boolean }): Promise<ImportStorageReplyMessage>
  /** Records that break a rule, in parts; the last one says how many were looked at. */
  check(): AsyncIterable<StorageFaultsMessage>
}
