import { SnetError } from '../../shared/errors.js'
import type { Live } from '../../shared/live.js'
import { TokenBucket } from '../../shared/token-bucket.js'
import type { Call, Filter } from './call.js'

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
    tokens = limit && bucketOf(limit)
    return tokens
  }
  return rateFilters(bucket)
}

/** @param bucketFor has the tokens that count for a call; undefined where none do */
export function rateFilters(bucketFor: (call: Call) => TokenBucket | undefined): RateFilters {
  const onlyIf =
    (isAllowed: (call: Call) => boolean): Filter =>
    async (call, next) => {
      // The text is what clients of the reference know (snet-wire 4.1).
      if (!isAllowed(call))
        throw new SnetError('rate-limited', 'rate limiting , too many requests to handle', { hint: 'Try again later.' })
      await next()
    }
  return {
    refuseWhenSpent: onlyIf((call) => bucketFor(call)?.has() ?? true),
    spend: onlyIf((call) => bucketFor(call)?.take() ?? true),
  }
}

export const bucketOf = ({ perMinute, burst }: RateLimit): TokenBucket =>
  new TokenBucket({ burst, perSecond: perMinute / 60 })
