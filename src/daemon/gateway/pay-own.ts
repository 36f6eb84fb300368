import { SnetError } from '../../shared/errors.js'
import type { CallContext, Offer, OwnMethod, PaidMethod } from '../../shared/wire/index.js'
import type { Call } from './call.js'
import { StatusError } from './failure.js'
import { whilePaid } from './pay.js'
import type { PaymentTable } from './payment-headers/index.js'
import type { Rates } from './rates/index.js'

export interface PaidBy {
  readonly payments: PaymentTable
  /** Undefined where any rate is served. */
  readonly rates: Rates | undefined
}

/**
 * A paid method of our own, for one call of it: what `pay` is to calls of the service. The headers are read first, then
 * what is asked is judged, then the payment; the answer goes out once the payment is kept.
 */
export const payOwn = (method: PaidMethod, call: Call, by: PaidBy): OwnMethod => ({
  ...method,
  async *answer(requests, context) {
    const messages = requests[Symbol.asyncIterator]()
    const first = await messages.next()
    if (first.done) throw new StatusError(UNKNOWN, 'EOF')
    const rest = { [Symbol.asyncIterator]: () => messages }
    await by.rates?.check(call)
    yield await serve({ ...by, method, call, context }, first.value, rest)
  },
})

const UNKNOWN = 2

interface Served extends PaidBy {
  readonly method: PaidMethod
  readonly call: Call
  readonly context: CallContext
}

async function serve(
  { method, call, payments, rates, context }: Served,
  first: unknown,
  rest: AsyncIterable<unknown>,
): Promise<unknown> {
  let offer: Offer<unknown, unknown> | undefined
  const price = async () => (offer = await method.offer(first, context)).price
  return await whilePaid(
    { call, payments },
    { price, onPayer: rates && ((payer) => rates.checkPayer(payer)) },
    async () => {
      await rates?.spend(call)
      if (!offer) throw new SnetError('bug', `${method.path} was paid for at a price that nobody asked`)
      return await offer.work(rest)
    },
  )
}
