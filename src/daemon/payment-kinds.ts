import { parseEscrow, parseUserProof, paymentKind, type PaymentTable, paymentTable } from './gateway/index.js'
import { admitUser, type AllowedUsersDeps, type Payments, type PaymentsDeps, reserveEscrow } from './payments/index.js'

/**
 * Every kind of payment, one row each: what names it, how its headers are read, and how that buys a call. On a proxied
 * method `train-call` means the same as `escrow`.
 */
export function createPaymentTable(deps: PaymentsDeps, payments: Pick<Payments, 'follow'>): PaymentTable {
  const kinds = paymentTable([
    paymentKind({ types: ['escrow', 'train-call'], parse: parseEscrow, reserve: reserveEscrow.bind(undefined, deps) }),
  ])
  return { reserve: async (metadata, call) => payments.follow(await kinds.reserve(metadata, call)) }
}

/** The only row where nothing is paid, and the service is restricted to certain users. */
export const createUserTable = (deps: AllowedUsersDeps): PaymentTable =>
  paymentTable([paymentKind({ types: ['escrow'], parse: parseUserProof, reserve: admitUser.bind(undefined, deps) })])
