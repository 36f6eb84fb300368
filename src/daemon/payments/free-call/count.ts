import { SnetError } from '../../../shared/errors.js'
import type { FreeCallDeps } from './deps.js'
import { requireIssuer } from './issue-token.js'
import { countKey, quotaOf } from './quota.js'
import { requireUserId } from './user-id.js'
import { type FreeCallProof, verifyUse } from './verify-use.js'

/** What clients are told who have no limit. */
const UNLIMITED = 99_999_999n

/** Answers GetFreeCallsAvailable: how many calls are left. Order and texts: snet-wire 1.2. */
export async function countAvailable(deps: FreeCallDeps, proof: FreeCallProof): Promise<bigint> {
  requireIssuer(deps, 'error in determining free calls')
  requireUserId(proof.userId)
  const verdict = await verifyUse(deps, proof)
  if (!verdict.ok) throw new SnetError('unauthenticated', verdict.text, { hint: 'Ask GetFreeCallToken for a token.' })
  const quota = quotaOf(deps, verdict.user.address)
  if (quota === 'unlimited') return UNLIMITED
  const made = (await deps.counts.read(countKey(deps.of, verdict.user)))?.made ?? 0n
  return made < quota ? quota - made : 0n
}
