import type { EscrowDeps } from '../escrow/index.js'
import type { TokenTerms } from './token.js'
import type { Usages } from './usages.js'

export interface PrepaidDeps extends EscrowDeps {
  readonly usages: Usages
  readonly tokens: TokenTerms
}
