import type { ChannelRecord, PendingClaim } from '../payments/index.js'

/** What one channel becomes of two stores' knowledge of it. */
export interface JoinedChannel {
  readonly channel: ChannelRecord
  /** What was signed under the nonce that one of them had left behind: nobody else may have its signature. */
  readonly older?: PendingClaim
}

/**
 * The newer nonce stands, and under one nonce the larger amount with its signature: an old backup makes nothing that was
 * paid with spendable again. Whichever store comes first, and however often, the same comes out.
 */
export function joinChannel(kept: ChannelRecord | undefined, came: ChannelRecord): JoinedChannel {
  if (!kept) return { channel: came }
  const [channel, other] = compareChannels(kept, came) >= 0 ? [kept, came] : [came, kept]
  const isLeftBehind = other.nonce < channel.nonce && other.authorized > 0n
  return { channel, ...(isLeftBehind && { older: claimOf(other) }) }
}

/** The larger amount stands; of equal ones the claim that sends the rest back, after which nothing is left to sell. */
export function joinClaim(kept: PendingClaim | undefined, came: PendingClaim): PendingClaim {
  return kept && compareClaims(kept, came) >= 0 ? kept : came
}

/** Which of two claims of one nonce stands. */
export const compareClaims = (a: PendingClaim, b: PendingClaim): number =>
  compare(a.amount, b.amount) ||
  compare(a.sendback ?? false, b.sendback ?? false) ||
  Buffer.compare(a.signature, b.signature)

/**
 * Which of two records of a channel stands. Value and expiration are the chain's, which is read before they refuse anybody:
 * of two that differ in nothing else, the one that promises less.
 */
export const compareChannels = (a: ChannelRecord, b: ChannelRecord): number =>
  compare(a.nonce, b.nonce) ||
  compare(a.authorized, b.authorized) ||
  compare(b.value, a.value) ||
  compare(b.expiration, a.expiration) ||
  Buffer.compare(a.signature, b.signature)

const compare = <T extends bigint | boolean>(a: T, b: T): number => (a === b ? 0 : a < b ? -1 : 1)

const claimOf = ({ id, nonce, authorized, signature }: ChannelRecord): PendingClaim => ({
  channel: id,
  nonce,
  amount: authorized,
  signature,
})
