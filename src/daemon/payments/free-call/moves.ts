import type { FreeCallCount } from './ports.js'
import { countKey } from './quota.js'

/** How counts of free calls come from one store into another: calls that were made stay made. */
export const freeCallMoves = {
  join: (kept: FreeCallCount | undefined, came: FreeCallCount): FreeCallCount =>
    kept && kept.made >= came.made ? kept : came,
  isKey: (key: string, count: FreeCallCount): boolean => key === countKey(count, count),
}
