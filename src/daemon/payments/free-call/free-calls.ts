import { countAvailable } from './count.js'
import type { FreeCallDeps } from './deps.js'
import { type IssuedToken, issueToken, type TokenRequest } from './issue-token.js'
import type { FreeCallProof } from './verify-use.js'

/** What clients ask of free calls before they make them. */
export interface FreeCalls {
  issueToken(request: TokenRequest): Promise<IssuedToken>
  countAvailable(proof: FreeCallProof): Promise<bigint>
}

export const createFreeCalls = (deps: FreeCallDeps): FreeCalls => ({
  issueToken: (request) => issueToken(deps, request),
  countAvailable: (proof) => countAvailable(deps, proof),
})
