/**
 * What was paid ahead on a channel and became of it, over all its nonces. The first three only grow, and what is used
 * less what was given back is never more than what was planned.
 */
export interface PrepaidUsage {
  readonly planned: bigint
  /** By calls that were let in, those among them that failed or have not ended included. */
  readonly used: bigint
  /** By calls that failed. */
  readonly refunded: bigint
  /** The part of `used` that is for calls under way, by the process that serves them: it is refunded with that process. */
  readonly inFlight: ReadonlyMap<string, bigint>
}

export const NOTHING_PLANNED: PrepaidUsage = { planned: 0n, used: 0n, refunded: 0n, inFlight: new Map() }

/** What of the plan is spent now. */
export const spent = ({ used, refunded }: PrepaidUsage): bigint => used - refunded

export const planMore = (usage: PrepaidUsage, amount: bigint): PrepaidUsage => ({
  ...usage,
  planned: usage.planned + amount,
})

/** The call is let in: its price is used, and in flight with `process`. Undefined where the plan has no room for it. */
export function beginCall(usage: PrepaidUsage, price: bigint, process: string): PrepaidUsage | undefined {
  if (spent(usage) + price > usage.planned) return undefined
  return moveInFlight({ ...usage, used: usage.used + price }, price, process)
}

/** The call was served: its price stays used. */
export const keepCall = (usage: PrepaidUsage, price: bigint, process: string): PrepaidUsage =>
  moveInFlight(usage, -price, process)

/** The call was not served: its price is given back. */
export const refundCall = (usage: PrepaidUsage, price: bigint, process: string): PrepaidUsage =>
  moveInFlight({ ...usage, refunded: usage.refunded + price }, -price, process)

/** Gives back what calls of processes cost that ended in the middle of them. */
export function refundGone(usage: PrepaidUsage, isGone: (process: string) => boolean): PrepaidUsage {
  const gone = [...usage.inFlight].filter(([process]) => isGone(process))
  return gone.reduce((now, [process, amount]) => refundCall(now, amount, process), usage)
}

function moveInFlight(usage: PrepaidUsage, by: bigint, process: string): PrepaidUsage {
  const left = (usage.inFlight.get(process) ?? 0n) + by
  const inFlight = new Map(usage.inFlight)
  if (left > 0n) inFlight.set(process, left)
  else inFlight.delete(process)
  return { ...usage, inFlight }
}
