/**
 * What the payment rules need from the world. The rooms that can provide it (storage, chain, metadata, ethereum)
 * implement these; the rules never see a socket, a database or a node.
 */
import type { Cancelled } from '../../shared/cancellation.js'
import type { SnetError } from '../../shared/errors.js'
import type { EscrowChannel } from '../../shared/escrow-channel.js'
import type { Address, BlockNumber, ChannelId, ChannelNonce, Cogs, GroupId } from '../../shared/units.js'

export type {
  FreeCallCount,
  FreeCallerText,
  FreeCallSignatures,
  FreeCallTerms,
  FreeCallUser,
  TokenBalances,
} from './free-call/ports.js'
export type {
  Claimable,
  ProviderRequest,
  SignedPayment,
  SignedTokenRequest,
  Signers,
  StateRequest,
} from './signer-ports.js'

/**
 * A channel as we keep it: the chain's fields as last seen, and the newest amount signed under `nonce`.
 * The signature is the provider's money: `authorized` cogs can be claimed with it, and without it nothing can.
 */
export interface ChannelRecord extends EscrowChannel {
  readonly authorized: Cogs
  /** 65 bytes r ‖ s ‖ v over layout S1, v = 27 or 28; empty while nothing was signed under `nonce`. */
  readonly signature: Uint8Array
}

/** A claim that was started and has not been seen settled on chain: the old nonce's amount and signature. */
export interface PendingClaim {
  readonly channel: ChannelId
  readonly nonce: ChannelNonce
  readonly amount: Cogs
  /** 65 bytes, layout S1. */
  readonly signature: Uint8Array
  /** The claim sends what is left in the channel back to its sender. */
  readonly sendback?: boolean
}

/** What one commit changes; all of it becomes durable together or none of it. */
export interface ChannelWrite {
  readonly channel: ChannelRecord
  /** Present when the write starts a claim: the channel moves to its next nonce and the claim is kept, at once. */
  readonly claim?: PendingClaim
  /** Another record that changes with the channel, such as what was paid ahead on it. */
  readonly beside?: PlannedChange
}

/**
 * The exclusive, time-limited right to move one channel. Leaving its scope releases it, whatever happened; the
 * channel is then free for the next payment with its old amount, unless `commit` came first.
 */
export interface ChannelHold extends AsyncDisposable {
  /** The record as read when the hold began; undefined when nothing was ever committed on this channel. */
  readonly record: ChannelRecord | undefined
  /** Aborts when this process can no longer prove that the hold is its own. Work done under it must stop at once. */
  readonly lost: Cancelled
  /**
   * Makes `write` durable and resolves only then. Fenced: it fails when the hold or the record read at its begin is
   * no longer ours. Errors: `unavailable` when the hold was lost or the outcome could not be learnt, and then
   * nothing may be delivered; `storage-failed` when the store refused and nothing was written.
   */
  commit(write: ChannelWrite): Promise<void>
}

/** Where channel records live. Memory, the embedded store and etcd keep the same promises (one contract suite). */
export interface ChannelStore {
  /**
   * Takes the hold, at once or not at all; with `waitMs`, as soon as the channel is free within that time. Errors:
   * `channel-busy`, `storage-failed`, `unavailable`.
   * @param by what the operator is told when he asks who keeps the channel busy
   */
  hold(id: ChannelId, cancelled?: Cancelled, waitMs?: number, by?: string): Promise<ChannelHold>
  read(id: ChannelId): Promise<ChannelRecord | undefined>
  /** As this process last saw it, perhaps long ago; undefined where it did not. Absent where a reading costs nothing. */
  seen?(id: ChannelId): ChannelRecord | undefined
  readClaim(id: ChannelId, nonce: ChannelNonce): Promise<PendingClaim | undefined>
}

/**
 * Small records by their keys, kept beside the channels and as safely: memory, the embedded store and etcd keep the
 * same promises (one contract suite). Errors of all methods: `storage-failed` for a record that cannot be read or
 * written, `unavailable` once the store is closed or somebody else's.
 */
export interface RecordTable<Value> {
  /** With the hold that was taken with it: at least as it was then. */
  read(key: string, hold?: Hold): Promise<Value | undefined>
  /**
   * Writes what `change` makes of the newest value, with nothing in between, and resolves once that is durable. A value
   * of undefined deletes the record. What `change` throws is thrown, and nothing was written then. It may run more than
   * once, so it must do nothing but answer. The hold that was taken with the record may be given back in the same step.
   */
  change<Result>(key: string, change: (now: Value | undefined) => Change<Value, Result>, hold?: Hold): Promise<Result>
  /** The same change as a part of another write of the same store. */
  plan(key: string, change: (now: Value | undefined) => Value): PlannedChange
  /** Every record, in no order; one that changes meanwhile is listed as it was or as it is. */
  list(onDamage?: DamageListener): AsyncIterable<readonly [key: string, value: Value]>
  /**
   * Calls `listener` with the record as others who share the store make it; it may hear the same twice, and own changes
   * too. What is returned ends it.
   */
  watch(key: string, listener: (now: Value | undefined) => void): () => void
}

/** What a record becomes, and what whoever changes it wants to know. */
export interface Change<Value, Result> {
  readonly value: Value | undefined
  readonly result: Result
}

/** Who keeps a channel busy. */
export interface HeldChannel {
  readonly channel: ChannelId
  readonly by: string
  /** Milliseconds since 1970; where that is not known, when it was held already. */
  readonly since: number
  /** What is left before it ends by itself; absent where it ends with its process. */
  readonly leaseLeftMs?: number
}

/** The holds of now, for whoever runs the daemon. */
export interface ChannelHolds {
  heldNow(): Promise<readonly HeldChannel[]>
  /** The hold of one channel; undefined while nobody has one. */
  heldOn(channel: ChannelId): Promise<HeldChannel | undefined>
  /** Ends the hold of a channel, whoever has it: its call is cancelled, and costs nothing. Error: `unavailable`. */
  endHold(channel: ChannelId): Promise<void>
}

/** Hears of each record that cannot be read; a list then goes on without it, where it else would end with the error. */
export type DamageListener = (damaged: { readonly key: string; readonly fault: SnetError }) => void

/** What is kept of all channels, for the provider, who collects it. */
export interface ClaimStore {
  /** Every channel of which something is kept, in no order. */
  list(onDamage?: DamageListener): AsyncIterable<ChannelRecord>
  /** Every claim that is kept, those of one channel in no order. */
  listClaims(onDamage?: DamageListener): AsyncIterable<PendingClaim>
  /** Deletes a claim whose money has been collected for good. */
  forgetClaim(channel: ChannelId, nonce: ChannelNonce): Promise<void>
}

/** What a table plans to make of one of its records. What that is only its store knows, which alone can do it. */
export interface PlannedChange {
  /** The record, as messages name it. */
  readonly row: string
}

/** The processes that share the store. */
export interface Processes {
  /** This one; another one once it has lost its right to the store and got a new one. */
  readonly self: Process
  /** Whether what it had under way is over: it ended, or lost its right to the store. */
  isGone(name: string): boolean
  /** No other can have the store while this one has it: what is gone with this one need not be written. */
  readonly isAlone?: boolean
}

/** A process for as long as it has its right to the store. */
export interface Process {
  /** No other has or had it. */
  readonly name: string
  /** Aborts when it can no longer prove its right: what it has under way is then no longer its own. */
  readonly lost: Cancelled
}

/** One reading of a channel from the chain; `channel` is undefined when the contract has no such channel. */
export interface ChannelReading {
  readonly channel: EscrowChannel | undefined
  /** The newest block known when it was read. */
  readonly block: BlockNumber
}

/**
 * The escrow contract behind a cache. A cached reading may *accept* a payment: before the expiration block nobody but
 * the recipient can lower a channel's value or move its nonce. Before a payment is *refused* the chain is asked again.
 */
export interface EscrowChannels {
  /** The cached reading of a channel that exists, while it is young enough to accept a payment. No I/O. */
  cached(id: ChannelId): ChannelReading | undefined
  /**
   * A reading of the newest block: from the cache when this channel was already read at that block, else one
   * request shared by all who wait for it. Errors: `unavailable` when the chain is away or the budget for
   * re-reads is spent.
   */
  refresh(id: ChannelId): Promise<ChannelReading>
  /**
   * Counts a payment that is accepted on a cached reading; true when so many were that the chain is to be asked before
   * this one: a claim that the provider sent himself has moved the nonce, perhaps, and what is sold under the old one
   * since then can never be claimed.
   */
  spend(id: ChannelId): boolean
}

/** What claims, which take many blocks, need to know of the chain beside single readings. */
export interface EscrowHistory {
  /**
   * The channel as it stood so many blocks before the newest, and that block; undefined before the first block. One
   * question, outside the budget of payments. Error: `unavailable`.
   */
  readBack(id: ChannelId, blocks: bigint): Promise<ChannelReading | undefined>
  /**
   * Calls the listener when blocks came, with the channels that changed in them; with undefined when any may have
   * changed unseen, or when blocks were taken back.
   */
  onBlocks(listener: (changed: ReadonlySet<ChannelId> | undefined) => void): void
}

export interface Blocks {
  /**
   * The block to judge by: the newest seen, moved on by elapsed time over block time while the chain does not answer.
   * Throws `unavailable` when the chain was away beyond the limit. No I/O.
   */
  current(): BlockNumber
  /** Asks the chain, at most one request at a time and not more often than useful. */
  refresh(): Promise<BlockNumber>
}

export interface Prices {
  /** Price of one call of a full method path such as `/pkg.Service/Method`; undefined when metadata names none. */
  priceOf(method: string): Cogs | undefined
  /** The method of the service that names the price of each call of `method`; undefined where the metadata does. */
  askedAt?(method: string): string | undefined
}

/** The identity under which payments are judged: whose money it is. Replaced as a whole when metadata changes. */
export interface PaymentTerms {
  readonly mpe: Address
  readonly groupId: GroupId
  /** The payment address of the group; channels to any other recipient are foreign. */
  readonly recipient: Address
  /** Blocks before a channel's expiration from which on it is no longer accepted. */
  readonly expirationThreshold: bigint
}

/** Exclusive rights by name. They are gone with the process that has them. Errors: `storage-failed`, `unavailable`. */
export interface Holds {
  /** At once or not at all: undefined while somebody has it. What `table` has under that name may be read with it. */
  take<Value>(key: string, table?: RecordTable<Value>): Promise<Hold | undefined>
  /** Takes it from whoever has it, whose work ends with `reason`; false when nobody has it. */
  end(key: string, reason: SnetError): Promise<boolean>
  isHeld(key: string): Promise<boolean>
}

export interface Hold extends AsyncDisposable {
  /** Aborts when this process can no longer prove that the hold is its own. */
  readonly lost: Cancelled
}
