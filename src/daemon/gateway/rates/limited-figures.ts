import { countEach, type Metrics } from '../../observability/index.js'
import { LIMIT_KINDS, type LimitKind } from './rate-limited.js'

/** Counts the calls that came too soon by the limit that they met. */
export const countLimited = (metrics: Metrics): ((kind: LimitKind) => void) =>
  countEach(
    metrics,
    {
      name: 'snetd_calls_limited_total',
      help: 'Calls that were refused because a rate was spent, by the limit: all, service, method, client, payer.',
      label: 'limit',
    },
    LIMIT_KINDS,
  )
