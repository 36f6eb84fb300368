import type { Filter } from './call.js'
import type { PaymentTable } from './payment-headers/index.js'

/**
 * The only place where calls and payments meet. Leaving the scope before `commit`, by whatever road, releases what was
 * taken, so a call that failed costs its client nothing. `next` resolves once the service has answered OK: from
 * there on the price is due, also when the client goes away.
 */
export const pay =
  (payments: PaymentTable): Filter =>
  async (call, next) => {
    await using reservation = await payments.reserve(call.metadata, call)
    call.payer = reservation.payer
    const stop = reservation.lost.onAbort((reason) => call.abort(reason))
    try {
      await next()
      await reservation.commit()
    } finally {
      stop()
    }
  }
