import { SnetError } from '../../shared/errors.js'
import { TokenBucket } from '../../shared/token-bucket.js'
import type { Filter } from './call.js'

export interface RateLimit {
  readonly perMinute: number
  /** Calls let in at once. */
  readonly burst: number
}

/** Lets in so many calls a minute, exactly and not in whole milliseconds; without a limit, all of them. */
export function limitRate(limit: RateLimit | undefined): Filter {
  if (limit === undefined) return (_call, next) => next()
  const tokens = new TokenBucket({ burst: limit.burst, perSecond: limit.perMinute / 60 })
  return async (_call, next) => {
    if (!tokens.take()) {
      // The text is what clients of the reference know (snet-wire 4.1).
      throw new SnetError('rate-limited', 'rate limiting , too many requests to handle', { hint: 'Try again later.' })
    }
    await next()
  }
}
