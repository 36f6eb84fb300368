import type { Provider } from 'ethers'
import { onChain } from './on-chain.js'

/** How long something is to last, as people say it. */
export type Span = { readonly blocks: bigint } | { readonly ms: number }

/** Enough to even out single slow ones. */
const SAMPLE = 1_000
const USUAL_SECONDS = 12

/** A span in blocks of this chain, as fast as they came of late; rounded up. */
export async function blocksOf(provider: Provider, span: Span): Promise<bigint> {
  if ('blocks' in span) return span.blocks
  return BigInt(Math.ceil(span.ms / 1_000 / (await onChain(readBlockSeconds(provider)))))
}

async function readBlockSeconds(provider: Provider): Promise<number> {
  const newest = await provider.getBlock('latest')
  const number = newest?.number ?? 0
  const count = Math.min(SAMPLE, number)
  const older = count === 0 ? null : await provider.getBlock(number - count)
  const seconds = newest && older ? (newest.timestamp - older.timestamp) / count : 0
  return seconds > 0 ? seconds : USUAL_SECONDS
}
