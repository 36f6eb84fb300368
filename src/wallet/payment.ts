import { type EscrowChannel, paymentMessage, signMessage } from '../ethereum/index.js'
import { SnetError } from '../shared/errors.js'
import { type Address, type ChannelId, type ChannelNonce, type Cogs, cogs } from '../shared/units.js'
import type { Key } from './keys.js'
import type { ProvedState } from './state.js'

/** What would be, or was, signed for one call. */
export interface PlannedPayment {
  readonly channel: ChannelId
  readonly nonce: ChannelNonce
  readonly price: Cogs
  readonly amountBefore: Cogs
  /** Total authorised under the nonce once the call has succeeded. */
  readonly amount: Cogs
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
  }
}

/** Signs the payment and puts it into call headers. */
export function signPayment(mpe: Address, payment: PlannedPayment, key: Key): Record<string, string | Uint8Array> {
  return {
    'snet-payment-type': 'escrow',
    'snet-payment-channel-id': String(payment.channel),
    'snet-payment-channel-nonce': String(payment.nonce),
    'snet-payment-channel-amount': String(payment.amount),
    'snet-payment-mpe-address': mpe,
    'snet-payment-channel-signature-bin': signMessage(key.bytes, paymentMessage(mpe, payment)),
  }
}
