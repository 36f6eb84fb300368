import type { ChannelId, ChannelNonce, Cogs } from '../units.js'

/** Names of the headers of a paid call (snet-wire 2.1, 2.2). Values of `-bin` names are bytes, base64 as they travel. */
export const HEADER = {
  paymentType: 'snet-payment-type',
  channelId: 'snet-payment-channel-id',
  channelNonce: 'snet-payment-channel-nonce',
  channelAmount: 'snet-payment-channel-amount',
  channelSignature: 'snet-payment-channel-signature-bin',
  mpeAddress: 'snet-payment-mpe-address',
  prepaidToken: 'snet-prepaid-auth-token-bin',
  freeCallUser: 'snet-free-call-user-id',
  freeCallAddress: 'snet-free-call-user-address',
  currentBlock: 'snet-current-block-number',
  /** Which model a call about training is for. */
  trainModelId: 'snet-train-model-id',
  /** What a client says of itself, for the metering service. */
  clientType: 'snet-client-type',
  userInfo: 'snet-user-info',
  freeCallToken: 'snet-free-call-auth-token-bin',
  /** Who pays, as the service learns it from the daemon. */
  userAddress: 'snet-user-address',
} as const

/** What was signed for one call, as its headers. */
export const escrowHeaders = (payment: {
  readonly channel: ChannelId
  readonly nonce: ChannelNonce
  readonly amount: Cogs
  readonly signature: Uint8Array
}): Record<string, string | Uint8Array> => ({
  [HEADER.paymentType]: 'escrow',
  [HEADER.channelId]: String(payment.channel),
  [HEADER.channelNonce]: String(payment.nonce),
  [HEADER.channelAmount]: String(payment.amount),
  [HEADER.channelSignature]: payment.signature,
})
