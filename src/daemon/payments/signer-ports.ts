/** What is signed, and who finds out by whom, as `payments/ports.ts` has it for all that is paid. */
import type { Address, ChannelId, ChannelNonce, Cogs } from '../../shared/units.js'

/** What a client signed for one call, from the escrow headers. */
export interface SignedPayment {
  readonly channel: ChannelId
  readonly nonce: ChannelNonce
  /** Total authorised under `nonce`, not the price of this call. */
  readonly amount: Cogs
  readonly signature: Uint8Array
}

/** What a payment's signature is worth on chain. */
export interface Claimable {
  readonly signer: Address
  /** As the escrow contract takes it, whatever spelling the client sent. */
  readonly signature: Uint8Array
}

/** Recovers signers, exactly where the chain would; undefined when it would not. No I/O. */
export interface Signers {
  /** Layout S1. */
  ofPayment(mpe: Address, payment: SignedPayment): Claimable | undefined
  /** The same, by another thread. Undefined where there is none to ask: `ofPayment` is then the way, and the quicker one. */
  ofPaymentApart?(mpe: Address, payment: SignedPayment): Promise<Claimable | undefined> | undefined
  /** Layout S2. */
  ofStateRequest(mpe: Address, request: StateRequest): Address | undefined
  /** Layouts S3 to S6. */
  ofProvider(mpe: Address, request: ProviderRequest, signature: Uint8Array): Address | undefined
  /** Layout S7. */
  ofTokenRequest(request: SignedTokenRequest): Address | undefined
}

/** What is signed to ask for a token: the payment signature as it is sent, and a block of now. */
export interface SignedTokenRequest {
  readonly claimSignature: Uint8Array
  readonly block: bigint
  readonly signature: Uint8Array
}

/** GetChannelState as asked: who asks is known from the signature only. */
export interface StateRequest {
  readonly channel: ChannelId
  readonly block: bigint
  readonly signature: Uint8Array
}

/** What the provider signs to see or to collect his money. */
export type ProviderRequest =
  | { readonly asks: 'unclaimed' | 'in progress'; readonly block: bigint }
  | {
      readonly asks: 'claim'
      readonly channel: ChannelId
      /** The channel's current one. */
      readonly nonce: ChannelNonce
      readonly sendback: boolean
    }
  | { readonly asks: 'claims'; readonly channels: readonly ChannelId[]; readonly block: bigint }
