import { channelId, channelNonce, cogs } from '../../../shared/units.js'
import { HEADER } from '../../../shared/wire/index.js'
import type { SignedPayment } from '../../payments/index.js'
import type { HeaderList } from '../header-list.js'
import { bytes, integer } from './header-values.js'

/** What an escrow payment says, header by header. Rules, order and texts: snet-wire 2.1, 4.1. Error: `invalid-request`. */
export const parseEscrow = (metadata: HeaderList): SignedPayment => ({
  channel: channelId(integer(metadata, HEADER.channelId)),
  nonce: channelNonce(integer(metadata, HEADER.channelNonce)),
  amount: cogs(integer(metadata, HEADER.channelAmount)),
  signature: bytes(metadata, HEADER.channelSignature),
})
