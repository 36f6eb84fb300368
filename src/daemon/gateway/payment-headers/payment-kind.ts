import { SnetError } from '../../../shared/errors.js'
import { HEADER } from '../../../shared/wire/index.js'
import type { PaidCall, Reservation } from '../../payments/index.js'
import type { HeaderList } from '../header-list.js'

/** One kind of payment, with what its headers say in between. */
interface KindOfPayment<Proof> {
  /** The values of `snet-payment-type` that mean it; the first is its name. */
  readonly types: readonly [name: string, ...others: string[]]
  /** What a client proves it with. Error: `invalid-request`. */
  readonly parse: (metadata: HeaderList) => Proof
  /** Judges what was proved, and takes what the call costs for as long as it lasts. */
  readonly reserve: (proof: Proof, call: PaidCall) => Promise<Reservation>
}

/** The same as the table of all kinds holds it. */
export interface PaymentKind extends Pick<KindOfPayment<never>, 'types'> {
  readonly reserve: (metadata: HeaderList, call: PaidCall) => Promise<Reservation>
}

/** Headers and rules meet here: neither knows the other, and what is read of the headers must be what the rules judge. */
export const paymentKind = <Proof>({ types, parse, reserve }: KindOfPayment<Proof>): PaymentKind => ({
  types,
  reserve: async (metadata, call) => reserve(parse(metadata), call),
})

/** How calls are paid for. */
export interface PaymentTable {
  /** Judges the payment in a call's metadata and takes what it pays with, for as long as the call lasts. */
  reserve(metadata: HeaderList, call: PaidCall): Promise<Reservation>
}

/** Every kind of payment that is taken; who names no type means the first. Error: `invalid-request` for another type. */
export const paymentTable = (kinds: readonly [PaymentKind, ...PaymentKind[]]): PaymentTable => ({
  reserve: async (metadata, call) => kindOf(metadata.first(HEADER.paymentType), kinds).reserve(metadata, call),
})

function kindOf(type: string | undefined, kinds: readonly [PaymentKind, ...PaymentKind[]]): PaymentKind {
  if (type === undefined) return kinds[0]
  const kind = kinds.find(({ types }) => types.includes(type))
  if (kind) return kind
  throw new SnetError('invalid-request', `unexpected "${HEADER.paymentType}", value: "${type}"`, {
    hint: `This daemon takes ${kinds.map(({ types: [name] }) => name).join(', ')} payments.`,
  })
}
