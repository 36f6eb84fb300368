import type { SignedPayment } from './ports.js'

/** The kinds of payment, each with what its client proves it with. A new kind starts here: the tables of kinds then ask for it. */
export interface PaymentKinds {
  readonly escrow: SignedPayment
}

export type PaymentKind = keyof PaymentKinds

/** What pays for one call. */
export type Payment<Kind extends PaymentKind = PaymentKind> = {
  readonly [Each in Kind]: { readonly kind: Each; readonly proof: PaymentKinds[Each] }
}[Kind]
