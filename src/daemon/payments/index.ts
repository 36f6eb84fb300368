export { createPayments, type Payments, type PaymentsDeps } from './payments.js'
export type { Reservation } from './reservation.js'
export type { ChannelState } from './escrow/channel-state.js'
export type { SignedPayment, StateRequest } from './ports.js'
