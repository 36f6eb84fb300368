import type { Metrics } from '../../observability/index.js'
import { LIMIT_KINDS, type LimitKind } from './rate-limited.js'

/** Counts the calls that came too soon by the limit that they met. */
export function countLimited(metrics: Metrics): (kind: LimitKind) => void {
  const limited = metrics.counter({
    name: 'snetd_calls_limited_total',
    help: 'Calls that were refused because a rate was spent, by the limit: all, service, method, client, payer.',
    labels: ['limit'],
  })
  // All of them are there from the start, so that the first one is seen as a rise.
  const counters = new Map(LIMIT_KINDS.map((kind) => [kind, limited(kind)]))
  return (kind) => counters.get(kind)?.add()
}
