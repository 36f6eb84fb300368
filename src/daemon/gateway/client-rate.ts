import { placeOf } from '../../shared/address-set.js'
import { BoundedMap } from '../../shared/bounded-map.js'
import { live } from '../../shared/live.js'
import type { Call, Filter } from './call.js'
import { limitRate, type RateFilters, type RateLimit } from './rate-limit.js'

/** Clients that are remembered; whoever was forgotten begins anew. */
const MAX_CLIENTS = 10_000

/** The rate of each client by itself; calls whose client is not known have none. */
export function limitClientRate(limit: RateLimit | undefined): RateFilters {
  if (!limit) return limitRate(live(undefined))
  const known = new BoundedMap<string, RateFilters>(MAX_CLIENTS)
  const filtersOf = ({ client }: Call): RateFilters | undefined => {
    if (client === undefined) return undefined
    const place = placeOf(client)
    const filters = known.get(place) ?? limitRate(live(limit))
    known.set(place, filters)
    return filters
  }
  const by =
    (which: keyof RateFilters): Filter =>
    (call, next) =>
      filtersOf(call)?.[which](call, next) ?? next()
  return { refuseWhenSpent: by('refuseWhenSpent'), spend: by('spend') }
}
