import type { Metrics } from '../../observability/index.js'
import { CONNECTION_LIMITS, type OnLimit } from './connection-limits.js'

/** Counts how often clients came to a limit of their connections. */
export function countConnectionLimits(metrics: Metrics): OnLimit {
  const met = metrics.counter({
    name: 'snetd_connection_limits_total',
    help: 'How often a connection ended, or something on it was refused, at a limit: which one it was.',
    labels: ['limit'],
  })
  // All of them are there from the start, so that the first one is seen as a rise.
  const counters = new Map(CONNECTION_LIMITS.map((limit) => [limit, met(limit)]))
  return (limit) => counters.get(limit)?.add()
}
