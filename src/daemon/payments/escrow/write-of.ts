import type { ChannelRecord, ChannelWrite, PendingClaim } from '../ports.js'

/**
 * What keeps a channel. Where the chain has left the stored nonce behind, what was signed under it stays in the store as
 * the claim that it became: the chain may take that claim's transaction back, and there is no other signature.
 */
export function writeOf(before: ChannelRecord | undefined, channel: ChannelRecord): ChannelWrite {
  const isLeftBehind = before !== undefined && before.nonce < channel.nonce && before.authorized > 0n
  return { channel, ...(isLeftBehind && { claim: claimOf(before) }) }
}

const claimOf = ({ id, nonce, authorized, signature }: ChannelRecord): PendingClaim => ({
  channel: id,
  nonce,
  amount: authorized,
  signature,
})
