/** How fresh the view of the chain is, for probes and `status`. */
export interface ChainHealth {
  readonly ok: boolean
  /** Why not; free of addresses and keys. */
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
): ChainHealth {
  if (!newest) return { ok: false, reason: 'no block was seen' }
  if (newest.ageMs <= staleLimitMs) return { ok: true, ...newest }
  return { ok: false, reason: `no block for ${Math.floor(newest.ageMs / 1000)} s`, ...newest }
}
