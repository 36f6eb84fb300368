import type {
  FreeCallUserEntry,
  FreeCallUserReply,
  FreeCallUserRequest,
  ImportStorageReplyMessage,
  KeptChannelsMessage,
  KeptClaimsMessage,
  ListChannelsMessage,
  StorageFaultsMessage,
  UnlockChannelMessage,
  UnlockChannelReplyMessage,
} from './control-service.js'

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

/** The same in the hands of a command, while no daemon serves it. */
export interface StoredStore extends KeptStore, AsyncDisposable {
  /**
   * Says that its payments are sold from another store from now on: no daemon starts over it until payments are brought
   * back. Absent where the store is shared. Error: `storage-failed`.
   *
   * @param to where they are sold from, in words
   */
  retire?(to: string): Promise<void> | undefined
}

/** What a daemon keeps of payments: as it tells itself while it lives, or as it left it. */
export interface KeptPayments {
  listChannels(request: ListChannelsMessage): Promise<KeptChannelsMessage>
  listClaims(): Promise<KeptClaimsMessage>
  /** Address of the contract that the channels are on. */
  escrow(): Promise<string>
  /** Errors: `channel-busy` for one that a call holds, unless it is forced; `not-found`. */
  unlockChannel(request: UnlockChannelMessage): Promise<UnlockChannelReplyMessage>
  listFreeCallUsers(): Promise<readonly FreeCallUserEntry[]>
  /** Errors: `channel-busy` while a call is under way, unless it is forced; `not-found`. */
  unlockFreeCallUser(request: FreeCallUserRequest): Promise<FreeCallUserReply>
  /** Error: `not-found`. */
  resetFreeCallUser(request: FreeCallUserRequest): Promise<FreeCallUserReply>
}
