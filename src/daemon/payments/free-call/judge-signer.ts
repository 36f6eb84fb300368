import type { Address } from '../../../shared/units.js'

const SIGNATURE_BYTES = 65

/** What is wrong with a signature by which somebody says who he is; undefined when it is right. */
export function judgeSigner(
  { address, signature }: { readonly address: string; readonly signature: Uint8Array },
  claimed: Address | undefined,
  signer: Address | undefined,
  mismatch: (address: string, signer: string) => string,
): string | undefined {
  if (signature.length !== SIGNATURE_BYTES) return 'incorrect signature length'
  if (signer === undefined) return 'incorrect signature data'
  return signer === claimed ? undefined : mismatch(address, signer)
}
