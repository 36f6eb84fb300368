import { SnetError } from '../../shared/errors.js'
import type { CallContext, Offer, OwnMethod, PaidMethod } from '../../shared/wire/index.js'
import type { Call } from './call.js'
import { StatusError } from './failure.js'
import { whilePaid } from './pay.js'
import type { PaymentTable } from './payment-headers/index.js'

/**
 * A paid method of our own, for one call of it: what `pay` is to calls of the service. The headers are read first, then
 * what is asked is judged, then the payment; the answer goes out once the payment is kept.
 */
export const payOwn = (method: PaidMethod, call: Call, payments: PaymentTable): OwnMethod => ({
  ...method,
  async *answer(requests, context) {
    const messages = requests[Symbol.asyncIterator]()
    const first = await messages.next()
    if (first.done) throw new StatusError(UNKNOWN, 'EOF')
    const rest = { [Symbol.asyncIterator]: () => messages }
    yield await serve({ method, call, payments, context }, first.value, rest)
  },
})

const UNKNOWN = 2

interface Served {
  readonly method: PaidMethod
  readonly call: Call
  readonly payments: PaymentTable
  readonly context: CallContext
}

async function serve(
  { method, call, payments, context }: Served,
  first: unknown,
  rest: AsyncIterable<unknown>,
): Promise<unknown> {
  let offer: Offer<unknown, unknown> | undefined
  const price = async () => (offer = await method.offer(first, context)).price
  return await whilePaid({ call, payments }, { price }, async () => {
    if (!offer) throw new SnetError('bug', `${method.path} was paid for at a price that nobody asked`)
    return await offer.work(rest)
  })
}
