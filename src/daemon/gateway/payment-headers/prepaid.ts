import { channelId, channelNonce } from '../../../shared/units.js'
import { HEADER } from '../../../shared/wire/index.js'
import type { ShownToken } from '../../payments/index.js'
import type { HeaderList } from '../header-list.js'
import { bytes, integer } from './header-values.js'

/** What the headers of a call say that was paid ahead. Rules, order and texts: snet-wire 2.1, 4.1. Error: `invalid-request`. */
export const parsePrepaid = (metadata: HeaderList): ShownToken => ({
  channel: channelId(integer(metadata, HEADER.channelId)),
  token: Buffer.from(bytes(metadata, HEADER.prepaidToken)).toString('utf8'),
  // Clients send it, and the reference never reads it, so that it may be missing.
  nonce:
    metadata.first(HEADER.channelNonce) === undefined
      ? undefined
      : channelNonce(integer(metadata, HEADER.channelNonce)),
})
