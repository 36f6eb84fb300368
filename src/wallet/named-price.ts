import type { MethodDescriptor } from '../content/index.js'
import { messageOf, SnetError } from '../shared/errors.js'
import { withTimeLimit } from '../shared/time-limit.js'
import type { Cogs } from '../shared/units.js'
import { type Connection, onlyAnswer, parsePrice } from '../shared/wire/index.js'
import { perhapsPaid, run, type RunExtras } from './make-call.js'
import type { PlannedPayment } from './payment.js'

/** The next payment of this price, on a channel that has enough for it. */
export type PlanPayment = (price: Cogs, maxPrice: Cogs | undefined, signal: AbortSignal) => Promise<PlannedPayment>

/** A call whose price the service names when it is asked. */
interface Priced {
  readonly method: MethodDescriptor
  readonly priceMethod: MethodDescriptor
  /** Pays for the question. */
  readonly question: PlannedPayment
  readonly plan: PlanPayment
  readonly sign: (payment: PlannedPayment) => Record<string, string | Uint8Array>
  readonly maxPrice: Cogs | undefined
}

/**
 * Asks for the price with the first message of the call, as its daemon does, pays that price and calls. Whoever names it
 * may name any: without a bound of the payer's nothing is signed, and above it nothing but the question.
 */
export async function* runAtNamedPrice(
  connection: Connection,
  { method, plan, sign, ...priced }: Priced,
  requests: AsyncIterable<unknown> | Iterable<unknown>,
  extras: RunExtras,
): AsyncIterable<unknown> {
  if (priced.maxPrice === undefined) throw noBound(method)
  const { first, all } = await peek(requests)
  const message = method.encodeRequest(first)
  const price = await askPrice(connection, priced, { message, headers: sign(priced.question) }, extras)
  requireWithin({ price, asking: priced.question.price, maxPrice: priced.maxPrice })
  const late = (): SnetError => new SnetError('timed-out', `the daemon did not tell the state of a channel in time`)
  const payment = await withTimeLimit({ ms: extras.timeoutMs, signal: extras.signal, late }, (signal) =>
    plan(price, undefined, signal),
  )
  extras.onPriced?.(payment)
  yield* run(connection, method, { ...sign(payment), ...extras.headers }, all, extras)
}

/** A price is one number of at most 11 bytes; what else is in the message is nobody's business. */
const MAX_ANSWER_BYTES = 1_024

async function askPrice(
  connection: Connection,
  { priceMethod: { path } }: Pick<Priced, 'priceMethod'>,
  { message, headers }: { readonly message: Uint8Array; readonly headers: Record<string, string | Uint8Array> },
  { timeoutMs, signal, headers: own }: RunExtras,
): Promise<Cogs> {
  const asking = { ...({ of: 'service', timeoutMs, signal } as const), maxMessageBytes: MAX_ANSWER_BYTES }
  let answer: Uint8Array
  try {
    answer = await onlyAnswer(connection.call(path, [message], { ...asking, headers: { ...headers, ...own } }))
  } catch (fault) {
    throw perhapsPaid(fault)
  }
  try {
    return parsePrice(answer)
  } catch (cause) {
    throw new SnetError('upstream-failed', `the service named no price at ${path}: ${messageOf(cause)}`, {
      hint: 'Only the question was paid for.',
      cause,
    })
  }
}

function requireWithin({ price, asking, maxPrice }: { price: Cogs; asking: Cogs; maxPrice: Cogs }): void {
  if (price + asking <= maxPrice) return
  const beside = asking === 0n ? '' : `, beside the ${asking} for asking`
  throw new SnetError(
    'wrong-state',
    `the service asks ${price} cogs for this call${beside}, more than --max-price ${maxPrice}`,
    {
      details: { price: String(price), price_of_asking: String(asking), max_price: String(maxPrice) },
      hint: 'Raise --max-price if you agree to the price.',
    },
  )
}

const noBound = ({ path }: MethodDescriptor): SnetError =>
  new SnetError(
    'invalid-request',
    `the service itself names the price of each call of ${path}, and there is no --max-price`,
    {
      hint: 'Say with --max-price what you pay at most. With --published-price the price of the metadata is paid, as daemons want it that do not ask for prices.',
    },
  )

async function peek(requests: AsyncIterable<unknown> | Iterable<unknown>) {
  const iterator = Symbol.asyncIterator in requests ? requests[Symbol.asyncIterator]() : requests[Symbol.iterator]()
  const first = await iterator.next()
  if (first.done) {
    throw new SnetError('invalid-request', 'the price of this call depends on its first message, and there is none')
  }
  async function* all(): AsyncGenerator {
    yield first.value
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
  }
  return { first: first.value, all: all() }
}
