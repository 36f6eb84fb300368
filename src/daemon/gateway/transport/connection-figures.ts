import { countEach, type Metrics } from '../../observability/index.js'
import { CONNECTION_LIMITS, type OnLimit } from './connection-limits.js'

/** Counts how often clients came to a limit of their connections. */
export const countConnectionLimits = (metrics: Metrics): OnLimit =>
  countEach(
    metrics,
    {
      name: 'snetd_connection_limits_total',
      help: 'How often a connection ended, or something on it was refused, at a limit: which one it was.',
      label: 'limit',
    },
    CONNECTION_LIMITS,
  )
