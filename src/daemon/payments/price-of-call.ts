import type { Cogs } from '../../shared/units.js'
import type { Prices } from './ports.js'
import type { PaidCall } from './reservation.js'

/** The price of one call, or what kept it from being known, for whoever comes to judge by it. */
export type KnownPrice = () => Cogs | undefined

/**
 * Finds the price of a call, asking the service where it names prices itself. That may take long and is somebody else's
 * doing: ask before anything is held. A failure is told only when the price is looked at, which has its place in the
 * order of refusals (snet-wire 4.2, step 11).
 */
export async function priceOfCall(prices: Prices, call: PaidCall): Promise<KnownPrice> {
  const at = prices.askedAt?.(call.method)
  if (!call.price && at === undefined) return () => prices.priceOf(call.method)
  try {
    const price = call.price ? await call.price() : await call.quote?.(at as string)
    return () => price
  } catch (failure) {
    return () => {
      throw failure
    }
  }
}
