import type { ClaimsDeps } from './deps.js'
import { listUnclaimed } from './list-claims.js'

/** What is earned and not collected. */
export interface Outstanding {
  /** Signed by clients, where nobody has begun to claim it. */
  readonly signed: bigint
  /** In claims that wait for the chain. */
  readonly inClaims: bigint
  /** Of what is signed, what is lost if it is not claimed within so many blocks; the widest comes last. */
  readonly expiring: readonly Expiring[]
}

export interface Expiring {
  readonly blocks: bigint
  readonly channels: number
  readonly cogs: bigint
}

type OutstandingDeps = Pick<ClaimsDeps, 'store' | 'escrow' | 'blocks' | 'channels'>

/** Four hours, a day and a week, of blocks that take 12 seconds. */
const HORIZONS = [1_200n, 7_200n, 50_400n]
const FRESH_MS = 15_000
/** A look takes at most this share of the time. */
const LARGEST_SHARE = 0.02

/**
 * Looks through everything that is kept, when it is asked and the last look is old; who asks meanwhile gets that one's
 * answer. Error: `unavailable` while no block is known.
 */
export function createOutstanding(
  deps: OutstandingDeps,
  now: () => number = () => performance.now(),
): () => Promise<Outstanding> {
  let latest: Promise<Outstanding> | undefined
  let freshUntil = -Infinity
  return async () => {
    if (latest && now() < freshUntil) return await latest
    const start = now()
    freshUntil = Infinity
    latest = look(deps)
    const aged = (): void => {
      const end = now()
      freshUntil = end + Math.max(FRESH_MS, (end - start) / LARGEST_SHARE)
    }
    // One that failed is not kept.
    latest.then(aged, () => (freshUntil = -Infinity))
    return await latest
  }
}

async function look(deps: OutstandingDeps): Promise<Outstanding> {
  const block = deps.blocks.current()
  const unclaimed = await listUnclaimed(deps)
  const expiring = HORIZONS.map((blocks) => {
    const near = unclaimed.filter(({ expiration }) => expiration - block <= blocks)
    return { blocks, channels: near.length, cogs: sum(near) }
  })
  let inClaims = 0n
  for await (const { channel, nonce, amount } of deps.store.listClaims()) {
    const chain = deps.escrow.cached(channel)?.channel
    // Seen on chain, and kept until that cannot be taken back.
    if (!chain || chain.nonce <= nonce) inClaims += amount
  }
  return { signed: sum(unclaimed), inClaims, expiring }
}

const sum = (claims: readonly { readonly amount: bigint }[]): bigint =>
  claims.reduce((total, { amount }) => total + amount, 0n)
