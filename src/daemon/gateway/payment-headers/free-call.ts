import { HEADER } from '../../../shared/wire/index.js'
import type { FreeCallProof } from '../../payments/index.js'
import type { HeaderList } from '../header-list.js'
import { bytes, integer, optionalText, text } from './header-values.js'

/** What a free call says, header by header. Rules, order and texts: snet-wire 2.1, 4.1. Error: `invalid-request`. */
export const parseFreeCall = (metadata: HeaderList): FreeCallProof => ({
  address: text(metadata, HEADER.freeCallAddress),
  block: integer(metadata, HEADER.currentBlock),
  signature: bytes(metadata, HEADER.channelSignature),
  token: bytes(metadata, HEADER.freeCallToken),
  userId: optionalText(metadata, HEADER.freeCallUser),
})
