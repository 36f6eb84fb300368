import type { Live } from '../../../shared/live.js'
import type { Blocks, ChannelStore, EscrowChannels, PaymentTerms, Prices, Signers } from '../ports.js'

export interface EscrowDeps {
  readonly channels: ChannelStore
  readonly escrow: EscrowChannels
  readonly blocks: Blocks
  readonly signers: Signers
  readonly prices: Live<Prices>
  readonly terms: Live<PaymentTerms>
}
