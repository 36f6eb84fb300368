import { type ChannelState, readChannelState } from './escrow/channel-state.js'
import { reserveEscrow } from './escrow/reserve.js'
import type { EscrowDeps } from './escrow/deps.js'
import type { SignedPayment, StateRequest } from './ports.js'
import type { Reservation } from './reservation.js'

export type PaymentsDeps = EscrowDeps

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
