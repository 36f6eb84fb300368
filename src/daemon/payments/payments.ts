import { type ChannelState, type EscrowDeps, readChannelState, reserveEscrow } from './escrow/index.js'
import type { Payment, PaymentKind, PaymentKinds } from './payment.js'
import type { StateRequest } from './ports.js'
import type { PaidCall, Reservation } from './reservation.js'
import { type MoneyCount, Takings } from './takings.js'

export type PaymentsDeps = EscrowDeps

export interface Payments {
  /** Judges the payment for one call and takes what it pays with, for as long as the call lasts. Errors and texts: snet-wire 4.2. */
  reserve(payment: Payment, call: PaidCall): Promise<Reservation>
  /** The state of a channel, for its own signer and sender. Errors and texts: snet-wire 1.1. */
  channelState(request: StateRequest): Promise<ChannelState>
  /** Payments reserved now and not committed yet. */
  readonly inFlight: MoneyCount
  /** Payments committed since the start. */
  readonly kept: MoneyCount
}

/** How a payment of each kind is judged and reserved. */
type Reservers = {
  readonly [Kind in PaymentKind]: (proof: PaymentKinds[Kind], call: PaidCall) => Promise<Reservation>
}

export function createPayments(deps: PaymentsDeps): Payments {
  const takings = new Takings()
  const reservers: Reservers = {
    escrow: (proof, call) => reserveEscrow(deps, proof, call),
  }
  const reserve = <Kind extends PaymentKind>({ kind, proof }: Payment<Kind>, call: PaidCall): Promise<Reservation> =>
    reservers[kind](proof, call)
  return {
    reserve: async (payment, call) => takings.follow(await reserve(payment, call)),
    channelState: (request) => readChannelState(deps, request),
    get inFlight() {
      return takings.inFlight
    },
    get kept() {
      return takings.kept
    },
  }
}
