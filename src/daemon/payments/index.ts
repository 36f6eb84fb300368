export { createPayments, type Payments, type PaymentsDeps, type Reservation } from './payments.js'
export type { ChannelState } from './escrow/channel-state.js'
export type { SignedPayment, StateRequest } from './ports.js'
