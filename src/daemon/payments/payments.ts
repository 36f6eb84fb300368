import type { Cancelled } from '../../shared/cancellation.js'
import { type ChannelState, readChannelState } from './escrow/index.js'
import { type GrantedToken, type PrepaidDeps, requestToken, type PrepaidTokenRequest } from './prepaid/index.js'
import type { StateRequest } from './ports.js'
import type { Reservation } from './reservation.js'
import { type MoneyCount, Takings } from './takings.js'

export type PaymentsDeps = PrepaidDeps

/** What is asked and told of payments, whatever their kind. */
export interface Payments {
  /** The state of a channel, for its own signer and sender. Errors and texts: snet-wire 1.1. */
  channelState(request: StateRequest): Promise<ChannelState>
  /** A token for calls that are paid ahead. Errors and texts: snet-wire 1.4. */
  requestToken(request: PrepaidTokenRequest, cancelled: Cancelled): Promise<GrantedToken>
  /** The same reservation, counted from now on until it is left. */
  follow(reservation: Reservation): Reservation
  /** Payments reserved now and not committed yet. */
  readonly inFlight: MoneyCount
  /** Payments committed since the start. */
  readonly kept: MoneyCount
}

export function createPayments(deps: PaymentsDeps): Payments {
  const takings = new Takings()
  return {
    channelState: (request) => readChannelState(deps, request),
    requestToken: (request, cancelled) => requestToken(deps, request, cancelled),
    follow: (reservation) => takings.follow(reservation),
    get inFlight() {
      return takings.inFlight
    },
    get kept() {
      return takings.kept
    },
  }
}
