import { placeOf } from '../../shared/address-set.js'
import { BoundedMap } from '../../shared/bounded-map.js'
import type { TokenBucket } from '../../shared/token-bucket.js'
import { bucketOf, type RateChecks, rateChecks, type RateLimit } from './rate-limit.js'

/** Clients that are remembered; whoever was forgotten begins anew. */
const MAX_CLIENTS = 10_000

/** The tokens of each client by itself; undefined without a limit, and where the client is not known. */
export function clientBuckets(limit: RateLimit | undefined): (client: string | undefined) => TokenBucket | undefined {
  const known = new BoundedMap<string, TokenBucket>(MAX_CLIENTS)
  return (client) => {
    if (!limit || client === undefined) return undefined
    const place = placeOf(client)
    const bucket = known.get(place) ?? bucketOf(limit)
    known.set(place, bucket)
    return bucket
  }
}

/** The rate of each client by itself; calls whose client is not known have none. */
export function limitClientRate(limit: RateLimit | undefined): RateChecks {
  const bucketFor = clientBuckets(limit)
  return rateChecks(({ client }) => bucketFor(client))
}
