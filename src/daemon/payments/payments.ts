import { type ChannelState, readChannelState } from './escrow/channel-state.js'
import { reserveEscrow } from './escrow/reserve.js'
import type { EscrowDeps } from './escrow/deps.js'
import type { SignedPayment, StateRequest } from './ports.js'
import type { Reservation } from './reservation.js'
import { type MoneyCount, Takings } from './takings.js'

export type PaymentsDeps = EscrowDeps

export interface Payments {
  /** Judges the payment for one call of `method` and takes the hold on its channel. Errors and texts: snet-wire 4.2. */
  reserve(payment: SignedPayment, call: { method: string; signal: AbortSignal }): Promise<Reservation>
  /** What a channel's own people may know of it. Errors and texts: snet-wire 1.1. */
  channelState(request: StateRequest): Promise<ChannelState>
  /** Payments reserved now and not committed yet. */
  readonly inFlight: MoneyCount
  /** Payments committed since the start. */
  readonly kept: MoneyCount
}

export function createPayments(deps: PaymentsDeps): Payments {
  const takings = new Takings()
  return {
    reserve: async (payment, call) => takings.follow(await reserveEscrow(deps, payment, call)),
    channelState: (request) => readChannelState(deps, request),
    get inFlight() {
      return takings.inFlight
    },
    get kept() {
      return takings.kept
    },
  }
}
