import { placeOf } from '../../shared/address-set.js'
import { BoundedMap } from '../../shared/bounded-map.js'
import type { Live } from '../../shared/live.js'
import type { TokenBucket } from '../../shared/token-bucket.js'
import { bucketOf, type RateChecks, rateChecks, type RateLimit } from './rate-limit.js'

/** Clients that are remembered; whoever was forgotten begins anew. */
const MAX_CLIENTS = 10_000

/**
 * The tokens of each client by itself; undefined without a limit, and where the client is not known. With another limit all
 * begin anew.
 */
export function clientBuckets(
  rate: Live<RateLimit | undefined>,
): (client: string | undefined) => TokenBucket | undefined {
  let limit = rate.current
  let known = new BoundedMap<string, TokenBucket>(MAX_CLIENTS)
  return (client) => {
    if (limit !== rate.current) {
      limit = rate.current
      known = new BoundedMap(MAX_CLIENTS)
    }
    if (!limit || client === undefined) return undefined
    const place = placeOf(client)
    const bucket = known.get(place) ?? bucketOf(limit)
    known.set(place, bucket)
    return bucket
  }
}

/** The rate of each client by itself; calls whose client is not known have none. */
export function limitClientRate(rate: Live<RateLimit | undefined>): RateChecks {
  const bucketFor = clientBuckets(rate)
  return rateChecks(({ client }) => bucketFor(client))
}
