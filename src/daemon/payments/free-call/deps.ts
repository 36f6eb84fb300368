import type { Live } from '../../../shared/live.js'
import type { Address } from '../../../shared/units.js'
import type {
  Blocks,
  FreeCallCount,
  FreeCallSignatures,
  FreeCallTerms,
  Holds,
  RecordTable,
  TokenBalances,
} from '../ports.js'

export interface FreeCallDeps {
  readonly blocks: Blocks
  readonly signatures: FreeCallSignatures
  readonly balances: TokenBalances
  readonly counts: RecordTable<FreeCallCount>
  readonly holds: Holds
  readonly terms: Live<FreeCallTerms>
  /** Names that are told, and part of whatever is counted. */
  readonly of: { readonly organization: string; readonly service: string; readonly group: string }
  /** Whose quota is another one; 0 is none of its own. */
  readonly quotas: ReadonlyMap<Address, bigint | 'unlimited'>
  /** Who may ask for tokens of others than himself. */
  readonly trusted: readonly Address[]
  /** Whole tokens without which nobody gets a free-call token. */
  readonly minBalance: number
  /** Whom the provider restricts the service to; absent when it is open to everybody. */
  readonly mayPay?: (signer: Address) => boolean
}
