import { SnetError } from '../../../shared/errors.js'
import { channelId, channelNonce, cogs, isAddress } from '../../../shared/units.js'
import { HEADER } from '../../../shared/wire/index.js'
import type { UserProof } from '../../payments/index.js'
import type { HeaderList } from '../header-list.js'
import { bytes, integer, text } from './header-values.js'

/** What says who calls where nothing is paid. Order and texts: snet-wire 4.1. Error: `invalid-request`. */
export const parseUserProof = (metadata: HeaderList): UserProof => ({
  channel: channelId(integer(metadata, HEADER.channelId)),
  nonce: channelNonce(integer(metadata, HEADER.channelNonce)),
  amount: cogs(integer(metadata, HEADER.channelAmount)),
  mpe: address(metadata, HEADER.mpeAddress),
  signature: bytes(metadata, HEADER.channelSignature),
})

/** The reference takes it without `0x`, too. */
function address(metadata: HeaderList, name: string): string {
  const sent = text(metadata, name)
  const whole = `0x${sent.replace(/^0x/i, '')}`
  if (isAddress(whole)) return whole
  throw new SnetError('invalid-request', `Address is not a valid Hex address "${name}": ${sent}`)
}
