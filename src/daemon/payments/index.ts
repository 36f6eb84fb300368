export { admitUser, type AllowedUsersDeps, type UserProof } from './allowed-users.js'
export {
  type ClaimInProgress,
  type Claims,
  createClaims,
  createOutstanding,
  type Expiring,
  followClaims,
  listExpiring,
  type ListClaims,
  type Outstanding,
  type StartClaim,
  type StartClaims,
  type Unclaimed,
} from './claims/index.js'
export { createPayments, type Payments, type PaymentsDeps } from './payments.js'
export type { MoneyCount } from './takings.js'
export type { PaidCall, Reservation } from './reservation.js'
export { type ChannelState, reserveEscrow } from './escrow/index.js'
export {
  prepaidMoves,
  type PrepaidTokenRequest,
  prepaidTable,
  reservePrepaid,
  type ShownToken,
  Usages,
} from './prepaid/index.js'
export type {
  ChannelHolds,
  ChannelRecord,
  ClaimStore,
  HeldChannel,
  PendingClaim,
  SignedPayment,
  StateRequest,
} from './ports.js'
export {
  createFreeCalls,
  createFreeCallUsers,
  type FreeCallDeps,
  freeCallMoves,
  type FreeCallProof,
  type FreeCalls,
  type FreeCallUsers,
  type IssuedToken,
  noFreeCalls,
  reserveFreeCall,
  type TokenRequest,
} from './free-call/index.js'
