import { Contract, Interface, type Provider } from 'ethers'
import { toAddress } from '../ethereum/index.js'
import { escrowInterface } from '../ethereum/interfaces/index.js'
import { type Address, type Cogs, cogs } from '../shared/units.js'
import { readEscrow } from './escrow-contract.js'
import { onChain } from './on-chain.js'

export const tokenInterface = new Interface([
  'function approve(address spender, uint256 value) returns (bool)',
  'function allowance(address owner, address spender) view returns (uint256)',
  'function balanceOf(address) view returns (uint256)',
  'function symbol() view returns (string)',
  'function decimals() view returns (uint8)',
])

/** The token that an escrow contract deals in. */
export interface Token {
  readonly address: Address
  readonly symbol: string
  /** One token is ten to the power of this many cogs. */
  readonly decimals: number
}

export interface Balances {
  readonly address: Address
  readonly escrow: Address
  readonly token: Token
  /** At the address itself. */
  readonly wallet: Cogs
  /** At the escrow contract: what was deposited or claimed, and is in no channel. */
  readonly deposited: Cogs
  /** The chain's own coin, in wei: gas is paid with it. */
  readonly coin: bigint
}

/** Errors: `not-found` where there is no escrow contract; `unavailable`. */
export async function readToken(provider: Provider, escrow: Address): Promise<Token> {
  const read = async (of: Interface, at: Address, name: string): Promise<unknown> =>
    await new Contract(at, of, provider).getFunction(name).staticCall()
  const readAll = async (): Promise<Token> => {
    const address = toAddress((await read(escrowInterface, escrow, 'token')) as string)
    const [symbol, decimals] = await Promise.all([
      read(tokenInterface, address, 'symbol').catch(() => 'token'),
      read(tokenInterface, address, 'decimals'),
    ])
    return { address, symbol: String(symbol), decimals: Number(decimals) }
  }
  return await readEscrow(escrow, readAll())
}

/** Errors: as those of `readToken`. */
export async function readBalances(provider: Provider, escrow: Address, address: Address): Promise<Balances> {
  const token = await readToken(provider, escrow)
  const [wallet, deposited, coin] = await Promise.all([
    readNumber(provider, token.address, tokenInterface, 'balanceOf', address),
    readNumber(provider, escrow, escrowInterface, 'balances', address),
    onChain(provider.getBalance(address)),
  ])
  return { address, escrow, token, wallet: cogs(wallet), deposited: cogs(deposited), coin }
}

/** Error: `unavailable`. */
export async function readNumber(
  provider: Provider,
  at: Address,
  of: Interface,
  name: string,
  ...args: readonly unknown[]
): Promise<bigint> {
  return await onChain(new Contract(at, of, provider).getFunction(name).staticCall(...args) as Promise<bigint>)
}
