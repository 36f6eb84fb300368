import type { NodeView } from './node-pool.js'

/** How fresh the view of the chain is, for probes and `status`. */
export interface ChainHealth {
  readonly ok: boolean
  /** Why not, or what to see to; free of addresses and keys. */
  readonly reason?: string
  /** The newest block seen. */
  readonly block?: bigint
  /** Time since the chain was last seen to end at that block. */
  readonly ageMs?: number
  /** Whether new blocks arrive by subscription; absent when none is configured. */
  readonly subscribed?: boolean
}

export function judgeHealth(
  newest: { readonly block: bigint; readonly ageMs: number } | undefined,
  staleLimitMs: number,
  nodes: readonly Pick<NodeView, 'fault'>[] = [],
): ChainHealth {
  if (!newest) return { ok: false, reason: 'no block was seen' }
  const failing = nodes.filter(({ fault }) => fault !== undefined).length
  const reason = failing > 0 && { reason: `${failing} of ${nodes.length} Ethereum nodes cannot be used` }
  if (newest.ageMs <= staleLimitMs) return { ok: true, ...reason, ...newest }
  return { ok: false, reason: `no block for ${Math.floor(newest.ageMs / 1000)} s`, ...newest }
}
