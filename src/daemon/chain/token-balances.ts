import {
  decodeBalance,
  decodeDecimals,
  decodeTokenAddress,
  encodeBalanceQuery,
  encodeDecimalsQuery,
  encodeTokenQuery,
  shortReason,
} from '../../ethereum/index.js'
import { BoundedMap } from '../../shared/bounded-map.js'
import { SnetError } from '../../shared/errors.js'
import { TokenBucket } from '../../shared/token-bucket.js'
import type { Address } from '../../shared/units.js'
import type { Blocks, TokenBalances } from '../payments/ports.js'
import type { Rpc } from './rpc.js'
import { wholeTokens } from './whole-tokens.js'

export interface TokenBalancesConfig {
  readonly mpe: Address
  /** How long a balance that was enough counts. */
  readonly freshMs: number
  readonly maxOwners: number
  /** Balances that the whole daemon may read. */
  readonly reads: { readonly burst: number; readonly perSecond: number }
}

interface Reading {
  readonly balance: Promise<bigint>
  readonly block: bigint
  readonly readAt: number
}

interface Token {
  readonly address: Address
  readonly decimals: number
}

/** Balances in the token of the escrow contract, which says itself how many decimals it has. */
export class EscrowTokenBalances implements TokenBalances {
  readonly #config: TokenBalancesConfig
  readonly #rpc: Pick<Rpc, 'call'>
  readonly #blocks: Blocks
  readonly #now: () => number
  readonly #budget: TokenBucket
  readonly #readings: BoundedMap<Address, Reading>
  #token: Promise<Token> | undefined

  constructor(config: TokenBalancesConfig, deps: { rpc: Pick<Rpc, 'call'>; blocks: Blocks; now?: () => number }) {
    this.#config = config
    this.#rpc = deps.rpc
    this.#blocks = deps.blocks
    this.#now = deps.now ?? (() => performance.now())
    this.#budget = new TokenBucket(config.reads, this.#now)
    this.#readings = new BoundedMap(config.maxOwners)
  }

  async holds(owner: Address, tokens: number): Promise<boolean> {
    const known = this.#readings.get(owner)
    const isFresh = known !== undefined && this.#now() - known.readAt < this.#config.freshMs
    if (isFresh && (await this.#isEnough(known, tokens))) return true
    // One that was too low counts for its block: whoever got tokens since must not wait.
    const block = await this.#blocks.refresh()
    const latest = this.#readings.get(owner)
    const reading = latest && latest.block >= block ? latest : this.#read(owner, block)
    return await this.#isEnough(reading, tokens)
  }

  async #isEnough({ balance }: Reading, tokens: number): Promise<boolean> {
    const { decimals } = await this.#readToken()
    return (await balance) >= wholeTokens(tokens, decimals)
  }

  #read(owner: Address, block: bigint): Reading {
    if (!this.#budget.take())
      throw new SnetError('unavailable', 'too many token balances had to be read from the chain', {
        hint: 'Try again in a few seconds.',
      })
    const balance = this.#readToken().then(({ address }) =>
      this.#ask(address, encodeBalanceQuery(owner), decodeBalance),
    )
    const reading = { balance, block, readAt: this.#now() }
    this.#readings.set(owner, reading)
    balance.catch(() => {
      if (this.#readings.get(owner) === reading) this.#readings.delete(owner)
    })
    return reading
  }

  /** Neither of the two ever changes, so they are read once. */
  #readToken(): Promise<Token> {
    this.#token ??= this.#askToken().catch((fault: unknown) => {
      this.#token = undefined
      throw fault
    })
    return this.#token
  }

  async #askToken(): Promise<Token> {
    const address = await this.#ask(this.#config.mpe, encodeTokenQuery(), decodeTokenAddress)
    return { address, decimals: await this.#ask(address, encodeDecimalsQuery(), decodeDecimals) }
  }

  async #ask<T>(contract: Address, query: string, decode: (data: string) => T): Promise<T> {
    const data = await this.#rpc.call(contract, query, this.#blocks.current())
    try {
      return decode(data)
    } catch (cause) {
      throw new SnetError('unavailable', `the token of the escrow contract could not be read: ${shortReason(cause)}`, {
        hint: 'Check that mpe_address of the service metadata is the escrow contract on the network of the node.',
        cause,
      })
    }
  }
}
