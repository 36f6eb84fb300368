import { SnetError } from '../../shared/errors.js'
import type { Live } from '../../shared/live.js'
import { TokenBucket } from '../../shared/token-bucket.js'
import type { Call, Check } from './call.js'

export interface RateLimit {
  readonly perMinute: number
  /** Calls let in at once. */
  readonly burst: number
}

/** Two checks, before the payment and behind it. */
export interface RateChecks {
  /** Turns calls away while the rate is spent, before they cost anything. */
  readonly refuseWhenSpent: Check
  /** Counts the calls that are let in: what is refused for its payment must not use up the rate of those who pay. */
  readonly spend: Check
}

/** Lets in so many calls a minute, exactly and not in whole milliseconds; without a limit, all of them. */
export const limitRate = (rate: Live<RateLimit | undefined>): RateChecks => rateChecks(bucketOfAll(rate))

/** The tokens of all calls; undefined without a limit. Another limit begins anew, with all of its burst. */
export function bucketOfAll(rate: Live<RateLimit | undefined>): () => TokenBucket | undefined {
  let limit: RateLimit | undefined
  let tokens: TokenBucket | undefined
  return () => {
    if (rate.current === limit) return tokens
    limit = rate.current
    tokens = limit && bucketOf(limit)
    return tokens
  }
}

/** @param bucketFor has the tokens that count for a call; undefined where none do */
export function rateChecks(bucketFor: (call: Call) => TokenBucket | undefined): RateChecks {
  const onlyIf =
    (isAllowed: (call: Call) => boolean): Check =>
    (call) => {
      // The text is what clients of the reference know (snet-wire 4.1).
      if (!isAllowed(call))
        throw new SnetError('rate-limited', 'rate limiting , too many requests to handle', { hint: 'Try again later.' })
    }
  return {
    refuseWhenSpent: onlyIf((call) => bucketFor(call)?.has() ?? true),
    spend: onlyIf((call) => bucketFor(call)?.take() ?? true),
  }
}

export const bucketOf = ({ perMinute, burst }: RateLimit): TokenBucket =>
  new TokenBucket({ burst, perSecond: perMinute / 60 })
