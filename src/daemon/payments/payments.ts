import type { Address } from '../../shared/units.js'
import { type ChannelState, readChannelState } from './escrow/channel-state.js'
import { reserveEscrow } from './escrow/reserve.js'
import type { EscrowDeps } from './escrow/deps.js'
import type { SignedPayment, StateRequest } from './ports.js'

export type PaymentsDeps = EscrowDeps

/**
 * One call's right to be served. Leaving its scope without `commit` costs the client nothing: the same signed amount
 * works again.
 */
export interface Reservation extends AsyncDisposable {
  /** Whose funds pay: the channel's sender, also when a separate signer signed. */
  readonly payer: Address
  /** Aborts when the right to serve this call was lost; nothing more may then be delivered. */
  readonly lost: AbortSignal
  /** Keeps the signed amount for good. The client may see success only after this has resolved. */
  commit(): Promise<void>
}

export interface Payments {
  /** Judges the payment for one call of `method` and takes the hold on its channel. Errors and texts: snet-wire 4.2. */
  reserve(payment: SignedPayment, call: { method: string; signal: AbortSignal }): Promise<Reservation>
  /** What a channel's own people may know of it. Errors and texts: snet-wire 1.1. */
  channelState(request: StateRequest): Promise<ChannelState>
}

export const createPayments = (deps: PaymentsDeps): Payments => ({
  reserve: (payment, call) => reserveEscrow(deps, payment, call),
  channelState: (request) => readChannelState(deps, request),
})
