import { SnetError } from '../../../shared/errors.js'
import { incorrectSignature } from '../../../shared/incorrect-signature.js'
import { isRecentBlock, signatureExpired } from '../../../shared/recent-block.js'
import type { Address, ChannelNonce } from '../../../shared/units.js'
import { requireRecent } from '../escrow/index.js'
import type { PaymentTerms, ProviderRequest } from '../ports.js'
import type { ClaimsDeps } from './deps.js'

/** What every request of the provider carries beside what it asks. */
export interface SignedByProvider {
  /** The escrow contract as the request spells it. */
  readonly mpe: string
  readonly signature: Uint8Array
}

/** Letter case and prefix are a matter of taste: it is the address that counts. */
export function requireMpe(terms: PaymentTerms, { mpe }: SignedByProvider): void {
  const bare = (text: string): string => text.toLowerCase().replace(/^0x/, '')
  if (bare(mpe) === bare(terms.mpe)) return
  throw new SnetError('invalid-request', `the mpeAddress: ${mpe} passed does not match to what has been registered`, {
    hint: `The escrow contract of this service is ${terms.mpe}.`,
  })
}

/**
 * Only the payment address of the group may ask, with a block of now. Somebody else costs no request to the node.
 * Errors and texts: snet-wire 1.3.
 */
export async function requireProvider(
  { terms, signers, blocks }: ClaimsDeps,
  signed: SignedByProvider,
  request: Extract<ProviderRequest, { readonly block: bigint }>,
): Promise<void> {
  const { current } = terms
  requireMpe(current, signed)
  const signer = signers.ofProvider(current.mpe, request, signed.signature)
  const newest = blocks.current()
  if (signer === current.recipient) return await requireRecent(blocks, request.block, newest)
  throw isRecentBlock(request.block, newest) ? notTheProvider(signer, signed) : signatureExpired()
}

/** The start of one claim has no block: it is good for the nonce that it names. */
export function requireProviderOf(
  { terms, signers }: Pick<ClaimsDeps, 'terms' | 'signers'>,
  signed: SignedByProvider,
  request: Extract<ProviderRequest, { readonly nonce: ChannelNonce }>,
): void {
  const signer = signers.ofProvider(terms.current.mpe, request, signed.signature)
  if (signer !== terms.current.recipient) throw notTheProvider(signer, signed)
}

function notTheProvider(signer: Address | undefined, { signature }: SignedByProvider): SnetError {
  if (!signer) {
    return new SnetError('unauthenticated', incorrectSignature(signature), { hint: 'It is 65 bytes: r, s and v.' })
  }
  return new SnetError(
    'unauthenticated',
    `the address: ${signer} does not match to what has been expected / registered`,
    { hint: 'Sign with the key of the payment address that the organisation metadata names for this group.' },
  )
}
