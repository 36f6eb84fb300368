import type { Address, BlockNumber, ChannelId, ChannelNonce, Cogs, GroupId } from './units.js'

/** A payment channel as the escrow contract knows it. */
export interface EscrowChannel {
  readonly id: ChannelId
  readonly nonce: ChannelNonce
  readonly sender: Address
  readonly signer: Address
  readonly recipient: Address
  readonly groupId: GroupId
  /** All funds in the channel. Only the recipient's claim lowers it before `expiration`. */
  readonly value: Cogs
  /** From this block on the sender may take the funds back. */
  readonly expiration: BlockNumber
}
