import { holdsByBlock, isRecentBlock, SIGNATURE_EXPIRED } from '../../../shared/recent-block.js'
import type { FreeCallUser } from '../ports.js'
import type { FreeCallDeps } from './deps.js'
import { judgeSigner } from './judge-signer.js'
import { parseToken } from './token.js'

/** What a client proves a free call with. */
export interface FreeCallProof {
  /** As the client spells it. */
  readonly address: string
  readonly userId: string
  readonly block: bigint
  readonly token: Uint8Array
  /** Layout S10. */
  readonly signature: Uint8Array
}

/** Who calls, or why not. What is expired can be had anew; what is not proved cannot. */
export type UseVerdict =
  | { readonly ok: true; readonly user: FreeCallUser }
  | { readonly ok: false; readonly fault: 'not proved' | 'expired'; readonly text: string }

/**
 * Whether the caller has what he shows: he signed with the address that he names, over a token that the published
 * signer made for that address and user (snet-wire 3.4, 4.3). Error: `invalid-request` for what is no token.
 */
export async function verifyUse(deps: FreeCallDeps, proof: FreeCallProof): Promise<UseVerdict> {
  const { signatures, blocks, terms } = deps
  const { signature, expiration } = parseToken(proof.token)
  const proven = judgeSigner(proof.signature, signatures.ofUse(proof, proof.block, proof.token, proof.signature), {
    address: signatures.parseAddress(proof.address),
    mismatch: (found) => `unauthorized signer: ${proof.address} not equal ${found}, maybe invalid signature struct`,
  })
  if ('fault' in proven) return { ok: false, fault: 'not proved', text: `sign is not valid: ${proven.fault}` }
  const user = { address: proven.signer, userId: proof.userId }
  const promisedBy = signatures.ofToken(user, expiration, signature)
  if (promisedBy === undefined || promisedBy !== terms.current.signer)
    return { ok: false, fault: 'not proved', text: 'token sign is not valid' }
  if (!(await holdsByBlock(blocks, (now) => expiration >= now)))
    return { ok: false, fault: 'expired', text: 'authentication failed as the Free Call Token passed has expired' }
  if (!(await holdsByBlock(blocks, (now) => isRecentBlock(proof.block, now))))
    return { ok: false, fault: 'expired', text: SIGNATURE_EXPIRED }
  return { ok: true, user }
}
