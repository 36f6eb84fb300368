import type { Live } from '../../../shared/live.js'
import type { Address } from '../../../shared/units.js'
import type { Blocks, ChannelRecord, ChannelStore, EscrowChannels, PaymentTerms, Prices, Signers } from '../ports.js'

export interface EscrowDeps {
  readonly channels: ChannelStore
  readonly escrow: EscrowChannels
  readonly blocks: Blocks
  readonly signers: Signers
  readonly prices: Live<Prices>
  readonly terms: Live<PaymentTerms>
  /** Whom the provider restricts the service to; absent when it is open to everybody. */
  readonly mayPay?: (signer: Address) => boolean
  /** Told what each payment for a call has made of its channel, once that is kept. It must not fail, nor take time. */
  readonly onKept?: (channel: ChannelRecord) => void
}
