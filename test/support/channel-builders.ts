import type { EscrowChannel } from '../../src/shared/escrow-channel.js'
import type { ChannelRecord, PendingClaim } from '../../src/daemon/payments/ports.js'
import { type Address, blockNumber, channelId, channelNonce, cogs, groupIdFromBytes } from '../../src/shared/units.js'

const someone = (byte: string): Address => `0x${byte.repeat(20)}` as Address

export const sender = someone('aa')
export const signer = someone('bb')
export const provider = someone('cc')
export const stranger = someone('dd')
export const group = groupIdFromBytes(new Uint8Array(32).fill(0xab))

/** A channel as the chain knows it; name only what matters to the case. */
export function aChannel(changes: Partial<EscrowChannel> = {}): EscrowChannel {
  return {
    id: channelId(7n),
    nonce: channelNonce(3n),
    sender,
    signer,
    recipient: provider,
    groupId: group,
    value: cogs(1_000n),
    expiration: blockNumber(10_000n),
    ...changes,
  }
}

/** A channel as the store keeps it. */
export function aRecord(changes: Partial<ChannelRecord> = {}): ChannelRecord {
  return { ...aChannel(), authorized: cogs(0n), signature: new Uint8Array(), ...changes }
}

export function aClaim(changes: Partial<PendingClaim> = {}): PendingClaim {
  return {
    channel: channelId(7n),
    nonce: channelNonce(3n),
    amount: cogs(10n),
    signature: new Uint8Array(65).fill(27),
    ...changes,
  }
}
