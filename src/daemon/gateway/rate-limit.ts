import { SnetError } from '../../shared/errors.js'
import type { Live } from '../../shared/live.js'
import { TokenBucket } from '../../shared/token-bucket.js'
import type { Filter } from './call.js'

export interface RateLimit {
  readonly perMinute: number
  /** Calls let in at once. */
  readonly burst: number
}

/** Two filters, around the payment. */
export interface RateFilters {
  /** Turns calls away while the rate is spent, before they cost anything. */
  readonly refuseWhenSpent: Filter
  /** Counts the calls that are let in: what is refused for its payment must not use up the rate of those who pay. */
  readonly spend: Filter
}

/**
 * Lets in so many calls a minute, exactly and not in whole milliseconds; without a limit, all of them. Another limit begins
 * anew, with all of its burst.
 */
export function limitRate(rate: Live<RateLimit | undefined>): RateFilters {
  let limit: RateLimit | undefined
  let tokens: TokenBucket | undefined
  const bucket = (): TokenBucket | undefined => {
    if (rate.current === limit) return tokens
    limit = rate.current
    tokens = limit && new TokenBucket({ burst: limit.burst, perSecond: limit.perMinute / 60 })
    return tokens
  }
  const onlyIf =
    (isAllowed: () => boolean): Filter =>
    async (_call, next) => {
      // The text is what clients of the reference know (snet-wire 4.1).
      if (!isAllowed())
        throw new SnetError('rate-limited', 'rate limiting , too many requests to handle', { hint: 'Try again later.' })
      await next()
    }
  return { refuseWhenSpent: onlyIf(() => bucket()?.has() ?? true), spend: onlyIf(() => bucket()?.take() ?? true) }
}
