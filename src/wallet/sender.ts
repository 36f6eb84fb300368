import type { JsonRpcProvider, Log } from 'ethers'
import type { Address } from '../shared/units.js'
import type { Account } from './account.js'
import type { Journal } from './journal.js'

/** What is needed to get a transaction into a block and to see it there. */
export interface Sender {
  readonly provider: JsonRpcProvider
  readonly chainId: bigint
  readonly account: Account
  readonly journal: Journal
  /** Bound on what one unit of gas may cost, in wei. */
  readonly maxFee: bigint | undefined
  /** Blocks that have to hold a transaction or follow the one that does. */
  readonly confirmations: number
  readonly patience: Patience
  readonly signal: AbortSignal | undefined
  /** What goes on, for people. */
  readonly tell: (note: string) => void
}

/** Times of waiting, in milliseconds. */
export interface Patience {
  readonly pollMs: number
  /** A transaction that is in no block after this is sent again with higher fees. */
  readonly raiseAfterMs: number
  readonly limitMs: number
}

export interface WantedTransaction {
  /** The same text means the same wish, whenever it is uttered again. */
  readonly intent: string
  /** For people, as in "deposit of 5 cogs". */
  readonly what: string
  readonly to: Address
  readonly data: string
}

/** A transaction in a block. */
export interface SettledTransaction {
  readonly intent: string
  readonly what: string
  readonly hash: string
  readonly block: number
  /** What it cost, in wei. */
  readonly fee: bigint
  readonly gasUsed: bigint
  readonly logs: readonly Log[]
  /** It was sent by a command that was interrupted. */
  readonly wasFound: boolean
}
