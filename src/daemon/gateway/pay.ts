import type { Cogs } from '../../shared/units.js'
import type { Call, Filter } from './call.js'
import type { PaymentTable } from './payment-headers/index.js'

/**
 * The only place where calls and payments meet. Leaving the scope before `commit`, by whatever road, releases what was
 * taken, so a call that failed costs its client nothing. `next` resolves once the service has answered OK: from
 * there on the price is due, also when the client goes away.
 * @param quote asks the service by one of its methods what the call costs
 */
export const pay =
  (payments: PaymentTable, quote: (call: Call, at: string) => Promise<Cogs>): Filter =>
  async (call, next) => {
    await using reservation = await payments.reserve(call.metadata, {
      method: call.method,
      cancelled: call.cancelled,
      quote: (at) => quote(call, at),
    })
    call.payer = reservation.payer
    const stop = reservation.lost.onAbort((reason) => call.abort(reason))
    try {
      await next()
      await reservation.commit()
    } finally {
      stop()
    }
  }
