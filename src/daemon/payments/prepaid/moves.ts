import type { Processes } from '../ports.js'
import { NOTHING_PLANNED, type PrepaidUsage, refundGone, spent } from './usage.js'

/**
 * How the usage of a channel comes from one store into another. Each of the three only grows, so the larger one is the newer;
 * what is used less what was given back stays within the plan, as it does in both. What the other store's processes have under way
 * stays used: here nobody knows how it ends.
 */
export const prepaidMoves = {
  join: (kept: PrepaidUsage = NOTHING_PLANNED, came: PrepaidUsage): PrepaidUsage => ({
    planned: larger(kept.planned, came.planned),
    used: larger(kept.used, came.used),
    refunded: larger(kept.refunded, came.refunded),
    inFlight: kept.inFlight,
  }),
  isKey: (key: string): boolean => /^\d{1,78}$/.test(key),
  faultOf: (usage: PrepaidUsage) => {
    const over = spent(usage) - usage.planned
    if (over <= 0n && spent(usage) >= 0n) return undefined
    return {
      fault:
        over > 0n
          ? `calls have used ${over} cogs more than was planned`
          : `${-spent(usage)} cogs more were given back than were used`,
      cure: 'No call is let in before more is planned. Merge the newest export of this store in.',
    }
  },
  /** What calls of processes that are gone have cost is given back, as it is before the next call. */
  settle: (usage: PrepaidUsage, processes: Pick<Processes, 'isGone'>): PrepaidUsage =>
    refundGone(usage, (process) => processes.isGone(process)),
}

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b)
