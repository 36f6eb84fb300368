import type { Cogs } from '../../shared/units.js'
import type { PaidCall } from '../payments/index.js'
import type { Call, Pipeline } from './call.js'
import type { PaymentTable } from './payment-headers/index.js'
import { inPaymentPhases, inPhase } from './trace.js'

/**
 * The only place where calls and payments meet. Leaving the scope before `commit`, by whatever road, releases what was
 * taken, so a call that failed costs its client nothing. What `work` resolves with goes out only once it is paid for.
 */
export async function whilePaid<Result>(
  { call, payments }: { readonly call: Call; readonly payments: PaymentTable },
  asked: Pick<PaidCall, 'quote' | 'price' | 'onPayer'>,
  work: () => Promise<Result>,
): Promise<Result> {
  const { method, cancelled, metadata } = call
  const { quote, price } = asked
  const reserve = (onPayer: PaidCall['onPayer']) =>
    payments.reserve(metadata, { method, cancelled, quote, price, onPayer })
  // Not `await using`: what compilers make of it today costs a call as much as its pipeline.
  const reservation = await (call.span ? inPaymentPhases(call, asked.onPayer, reserve) : reserve(asked.onPayer))
  call.payer = reservation.payer
  call.right = reservation.lost
  const stop = reservation.lost.onAbort((reason) => call.abort(reason))
  try {
    const result = await work()
    await (call.span ? inPhase(call, 'commit', () => reservation.commit()) : reservation.commit())
    return result
  } finally {
    stop()
    call.right = undefined
    await reservation[Symbol.asyncDispose]()
  }
}

export interface PayDeps extends Pick<PaidCall, 'onPayer'> {
  readonly payments: PaymentTable
  /** Asks the service by one of its methods what the call costs. */
  readonly quote: (call: Call, at: string) => Promise<Cogs>
}

/**
 * Calls of the service: `forward` resolves once it has answered OK; from there on the price is due, also when the client
 * goes away.
 */
export const pay = ({ payments, quote, onPayer }: PayDeps, forward: Pipeline): Pipeline => {
  return (call) => whilePaid({ call, payments }, { quote: (at) => quote(call, at), onPayer }, () => forward(call))
}
