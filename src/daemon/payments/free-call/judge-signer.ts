import { incorrectSignature } from '../../../shared/incorrect-signature.js'
import type { Address } from '../../../shared/units.js'

/** Who somebody is by his signature, or what is wrong with it. */
export function judgeSigner(
  signature: Uint8Array,
  signer: Address | undefined,
  claimed: { readonly address: Address | undefined; readonly mismatch: (signer: Address) => string },
): { readonly signer: Address } | { readonly fault: string } {
  if (signer === undefined) return { fault: incorrectSignature(signature) }
  return signer === claimed.address ? { signer } : { fault: claimed.mismatch(signer) }
}
