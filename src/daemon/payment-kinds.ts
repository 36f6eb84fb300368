import {
  parseEscrow,
  parseFreeCall,
  parsePrepaid,
  parseUserProof,
  paymentKind,
  type PaymentTable,
  paymentTable,
} from './gateway/index.js'
import type { PaymentFigures } from './payment-figures.js'
import {
  admitUser,
  type AllowedUsersDeps,
  type FreeCallDeps,
  type Payments,
  type PaymentsDeps,
  reserveEscrow,
  reserveFreeCall,
  reservePrepaid,
} from './payments/index.js'

/** Who counts payments: the money, and what becomes of them. */
export interface PaymentCounts {
  readonly payments: Pick<Payments, 'follow'>
  readonly figures: PaymentFigures
}

/** What the rules of each kind need of the world. */
export interface KindsDeps {
  readonly money: PaymentsDeps
  readonly free: FreeCallDeps
}

/**
 * Every kind of payment, one row each: what names it, how its headers are read, and how that buys a call. On a proxied
 * method `train-call` means the same as `escrow`.
 */
export function createPaymentTable(deps: KindsDeps, counts: PaymentCounts): PaymentTable {
  return counted(counts, [
    paymentKind({
      types: ['escrow', 'train-call'],
      parse: parseEscrow,
      reserve: reserveEscrow.bind(undefined, deps.money),
    }),
    paymentKind({ types: ['prepaid-call'], parse: parsePrepaid, reserve: reservePrepaid.bind(undefined, deps.money) }),
    paymentKind({ types: ['free-call'], parse: parseFreeCall, reserve: reserveFreeCall.bind(undefined, deps.free) }),
  ])
}

/** The only row where nothing is paid, and the service is restricted to certain users. */
export const createUserTable = (deps: AllowedUsersDeps): PaymentTable =>
  paymentTable([paymentKind({ types: ['escrow'], parse: parseUserProof, reserve: admitUser.bind(undefined, deps) })])

/** What pays for work on models: a signature for one call, and nothing else. */
export function createTrainingTable(deps: PaymentsDeps, counts: PaymentCounts): PaymentTable {
  return counted(counts, [
    paymentKind({ types: ['train-call', 'escrow'], parse: parseEscrow, reserve: reserveEscrow.bind(undefined, deps) }),
  ])
}

/** A table whose money is counted from the reservation to its end. */
function counted({ payments, figures }: PaymentCounts, rows: Parameters<typeof paymentTable>[0]): PaymentTable {
  const kinds = paymentTable(rows)
  return {
    reserve: async (metadata, call) => payments.follow(await figures.reserve(() => kinds.reserve(metadata, call))),
  }
}
