import { paymentMessage, signMessage } from '../ethereum/index.js'
import { SnetError } from '../shared/errors.js'
import type { EscrowChannel } from '../shared/escrow-channel.js'
import { type Address, type ChannelId, type ChannelNonce, type Cogs, cogs } from '../shared/units.js'
import { escrowHeaders, HEADER } from '../shared/wire/index.js'
import type { Key } from './keys.js'
import type { ProvedState } from './state.js'

/** The fields that would be, or were, signed for one call. */
export interface PlannedPayment {
  readonly channel: ChannelId
  readonly nonce: ChannelNonce
  readonly price: Cogs
  readonly amountBefore: Cogs
  /** Total authorised under the nonce once the call has succeeded. */
  readonly amount: Cogs
  /** Still unspent on the channel then. */
  readonly left: Cogs
}

/**
 * The next payment on a channel. Errors: `wrong-state` when the price is above the caller's bound or above what is
 * left on the channel.
 */
export function planPayment(
  channel: EscrowChannel,
  state: ProvedState,
  price: Cogs,
  maxPrice: Cogs | undefined,
): PlannedPayment {
  if (maxPrice !== undefined && price > maxPrice) {
    throw new SnetError('wrong-state', `the call costs ${price} cogs, more than --max-price ${maxPrice}`, {
      details: { price: String(price), max_price: String(maxPrice) },
      hint: 'Raise --max-price if you agree to the price.',
    })
  }
  if (state.unspent < price) {
    throw new SnetError(
      'wrong-state',
      `the call costs ${price} cogs, channel ${channel.id} has ${state.unspent} left`,
      {
        details: { channel: String(channel.id), unspent: String(state.unspent) },
        hint: 'Add funds to the channel, or pick another one with --channel.',
      },
    )
  }
  return {
    channel: channel.id,
    nonce: state.nonce,
    price,
    amountBefore: state.authorized,
    amount: cogs(state.authorized + price),
    left: cogs(state.unspent - price),
  }
}

/** Signs the payment and puts it into call headers. */
export function signPayment(mpe: Address, payment: PlannedPayment, key: Key): Record<string, string | Uint8Array> {
  const signature = signMessage(key.bytes, paymentMessage(mpe, payment))
  return { ...escrowHeaders({ ...payment, signature }), [HEADER.mpeAddress]: mpe }
}
