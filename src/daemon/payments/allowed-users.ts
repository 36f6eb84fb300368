import { Cancellation } from '../../shared/cancellation.js'
import { SnetError } from '../../shared/errors.js'
import { incorrectSignature } from '../../shared/incorrect-signature.js'
import type { Live } from '../../shared/live.js'
import { type Address, cogs } from '../../shared/units.js'
import { NOT_ALLOWED, RESTRICTED } from './not-allowed.js'
import type { SignedPayment } from './ports.js'
import type { Reservation } from './reservation.js'

/** What a client signs where nothing is paid: a payment on whatever escrow contract he names. */
export interface UserProof extends SignedPayment {
  /** An address in any spelling. */
  readonly mpe: string
}

export interface AllowedUsersDeps {
  readonly allowed: Live<readonly Address[]>
  /** Undefined when the signature is none. */
  readonly signerOf: (proof: UserProof) => Address | undefined
}

/**
 * Lets in whom the provider allows, where there is no chain: the signature says who calls; amount, nonce and channel are
 * signed and mean nothing. Errors and texts: snet-wire 4.6.
 */
export async function admitUser({ allowed, signerOf }: AllowedUsersDeps, proof: UserProof): Promise<Reservation> {
  const signer = signerOf(proof)
  if (!signer) throw refusal(incorrectSignature(proof.signature))
  if (!allowed.current.includes(signer)) throw refusal(NOT_ALLOWED)
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
    hint: `${RESTRICTED}: sign with the key of one of them.`,
  })
