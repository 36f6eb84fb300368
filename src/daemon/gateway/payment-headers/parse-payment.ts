import { SnetError } from '../../../shared/errors.js'
import { HEADER } from '../../../shared/wire/index.js'
import type { Payment, PaymentKind, PaymentKinds } from '../../payments/index.js'
import type { HeaderList } from '../header-list.js'
import { parseEscrow } from './escrow.js'

interface Form<Kind extends PaymentKind> {
  /** The values of `snet-payment-type` that mean this kind. */
  readonly types: readonly string[]
  readonly parse: (metadata: HeaderList) => PaymentKinds[Kind]
}

/** Every kind of payment as it stands in headers. On a proxied method `train-call` means the same as `escrow`. */
const FORMS: { readonly [Kind in PaymentKind]: Form<Kind> } = {
  escrow: { types: ['escrow', 'train-call'], parse: parseEscrow },
}

/** Who names no type means escrow. */
const DEFAULT_KIND: PaymentKind = 'escrow'

/** The payment in a call's metadata. Error: `invalid-request`. */
export function parsePayment(metadata: HeaderList): Payment {
  return parseKind(kindOf(metadata.first(HEADER.paymentType)), metadata)
}

const parseKind = <Kind extends PaymentKind>(kind: Kind, metadata: HeaderList): Payment<Kind> => ({
  kind,
  proof: FORMS[kind].parse(metadata),
})

function kindOf(type: string | undefined): PaymentKind {
  if (type === undefined) return DEFAULT_KIND
  const kinds = Object.keys(FORMS) as PaymentKind[]
  const kind = kinds.find((each) => FORMS[each].types.includes(type))
  if (kind !== undefined) return kind
  throw new SnetError('invalid-request', `unexpected "${HEADER.paymentType}", value: "${type}"`, {
    hint: `This daemon takes ${kinds.join(', ')} payments.`,
  })
}
