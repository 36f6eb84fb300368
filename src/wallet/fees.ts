import type { JsonRpcProvider } from 'ethers'
import { SnetError } from '../shared/errors.js'
import { onChain } from './on-chain.js'

/** What one unit of gas may cost, in wei. On a chain without a base fee both are the price. */
export interface Fees {
  readonly type: 0 | 2
  readonly price: bigint
  readonly tip: bigint
}

const GWEI = 1_000_000_000n

/** Nodes take another transaction of the same account nonce only when both of its fees are a tenth higher. */
const raised = (fee: bigint): bigint => (fee * 9n) / 8n + 1n

/** What a unit of gas costs in the newest block. */
interface GasNow {
  /** Undefined on a chain without. */
  readonly base: bigint | undefined
  readonly tip: bigint
}

const readGas = (provider: JsonRpcProvider): Promise<GasNow> => onChain(askGas(provider))

async function askGas(provider: JsonRpcProvider): Promise<GasNow> {
  const base = (await provider.getBlock('latest'))?.baseFeePerGas
  if (typeof base === 'bigint') return { base, tip: await readTip(provider) }
  return { base: undefined, tip: BigInt((await provider.send('eth_gasPrice', [])) as string) }
}

/** What one unit of gas costs now, in wei. Error: `unavailable`. */
export async function readGasPrice(provider: JsonRpcProvider): Promise<bigint> {
  const { base = 0n, tip } = await readGas(provider)
  return base + tip
}

/**
 * What the next block takes with some room for a rise, at most `limit`. Error: `wrong-state` when gas costs more now than
 * the limit; `unavailable`.
 */
export async function readFees(provider: JsonRpcProvider, limit: bigint | undefined): Promise<Fees> {
  const { base, tip } = await readGas(provider)
  requireWithin((base ?? 0n) + tip, limit)
  if (base === undefined) return { type: 0, price: tip, tip }
  const roomy = base * 2n + tip
  return { type: 2, price: limit !== undefined && limit < roomy ? limit : roomy, tip }
}

const readTip = async (provider: JsonRpcProvider): Promise<bigint> => {
  try {
    return BigInt((await provider.send('eth_maxPriorityFeePerGas', [])) as string)
  } catch {
    return GWEI
  }
}

function requireWithin(price: bigint, limit: bigint | undefined): void {
  if (limit === undefined || price <= limit) return
  throw new SnetError(
    'wrong-state',
    `gas costs ${gweiText(price)} gwei now, more than --max-fee ${gweiText(limit)}; nothing was sent`,
    { hint: 'Try again when it costs less, or raise --max-fee.' },
  )
}

/** Fees that nodes take in the place of those before; undefined where the limit is in the way. */
export function raiseFees(before: Fees, now: Fees | undefined, limit: bigint | undefined): Fees | undefined {
  const price = max(raised(before.price), now?.price ?? 0n)
  const tip = max(raised(before.tip), now?.tip ?? 0n)
  if (limit !== undefined && raised(before.price) > limit) return undefined
  const capped = limit !== undefined && price > limit ? limit : price
  return { type: before.type, price: capped, tip: before.type === 0 || tip > capped ? capped : tip }
}

const max = (a: bigint, b: bigint): bigint => (a > b ? a : b)

/** Whole and up to nine decimals. */
export function gweiText(wei: bigint): string {
  const rest = (wei % GWEI).toString().padStart(9, '0').replace(/0+$/, '')
  return `${wei / GWEI}${rest === '' ? '' : `.${rest}`}`
}
