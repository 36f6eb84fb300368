import type { PendingClaim } from '../ports.js'
import type { ClaimsDeps } from './deps.js'
import { type ClaimInProgress, listExpiring, listInProgress, listUnclaimed, type Unclaimed } from './list-claims.js'
import { createOutstanding, type Expiring, type Outstanding } from './outstanding.js'
import { followClaims, type SettlementsDeps } from './settlements.js'
import { requireProvider, type SignedByProvider } from './require-provider.js'
import { type StartClaim, startClaim } from './start-claim.js'
import { type StartClaims, startClaims } from './start-claims.js'

export { createOutstanding, followClaims, listExpiring }
export type { Expiring, Outstanding, SettlementsDeps, ClaimInProgress, ClaimsDeps, StartClaim, StartClaims, Unclaimed }

export interface ListClaims extends SignedByProvider {
  readonly block: bigint
}

/** The provider's side: what he has earned, and how he comes by it. Errors and texts: snet-wire 1.3. */
export interface Claims {
  unclaimed(request: ListClaims): Promise<readonly Unclaimed[]>
  inProgress(request: ListClaims): Promise<readonly ClaimInProgress[]>
  start(request: StartClaim): Promise<PendingClaim>
  startMany(request: StartClaims): Promise<readonly PendingClaim[]>
}

export function createClaims(deps: ClaimsDeps): Claims {
  return {
    async unclaimed(request) {
      await requireProvider(deps, request, { asks: 'unclaimed', block: request.block })
      return await listUnclaimed(deps)
    },
    async inProgress(request) {
      await requireProvider(deps, request, { asks: 'in progress', block: request.block })
      return await listInProgress(deps)
    },
    start: (request) => startClaim(deps, request),
    startMany: (request) => startClaims(deps, request),
  }
}
