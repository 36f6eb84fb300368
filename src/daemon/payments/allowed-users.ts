import { Cancellation } from '../../shared/cancellation.js'
import { SnetError } from '../../shared/errors.js'
import { type Address, cogs } from '../../shared/units.js'
import type { SignedPayment } from './ports.js'
import type { Reservation } from './reservation.js'

/** What a client signs where nothing is paid: a payment on whatever escrow contract he names. */
export interface UserProof extends SignedPayment {
  /** An address in any spelling. */
  readonly mpe: string
}

export interface AllowedUsersDeps {
  readonly allowed: readonly Address[]
  /** Undefined when the signature is none. */
  readonly signerOf: (proof: UserProof) => Address | undefined
}

const SIGNATURE_BYTES = 65

/**
 * Lets in whom the provider allows, where there is no chain: the signature says who calls; amount, nonce and channel are
 * signed and mean nothing. Errors and texts: snet-wire 4.6.
 */
export async function admitUser({ allowed, signerOf }: AllowedUsersDeps, proof: UserProof): Promise<Reservation> {
  if (proof.signature.length !== SIGNATURE_BYTES) throw refusal('incorrect signature length')
  const signer = signerOf(proof)
  if (!signer) throw refusal('incorrect signature data')
  if (!allowed.includes(signer)) throw refusal('you are not Authorized to call this service during curation process')
  return {
    // Nobody pays; the reference tells the service of nobody, either.
    payer: undefined,
    income: cogs(0n),
    lost: new Cancellation(),
    commit: async () => undefined,
    [Symbol.asyncDispose]: async () => undefined,
  }
}

const refusal = (text: string): SnetError =>
  new SnetError('forbidden', `internal error: ${text}`, {
    hint: 'The provider restricts this service to certain users: sign with the key of one of them.',
  })
