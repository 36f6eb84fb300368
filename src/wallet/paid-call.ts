import { type MethodDescriptor, pricingMethodOf } from '../content/index.js'
import { SnetError } from '../shared/errors.js'
import type { EscrowChannel } from '../shared/escrow-channel.js'
import { withTimeLimit } from '../shared/time-limit.js'
import { type Cogs, type ChannelId } from '../shared/units.js'
import { openConnection } from '../shared/wire/index.js'
import { candidateChannels, chooseFunded } from './choose-channel.js'
import type { Key } from './keys.js'
import { endpointOf } from './endpoint.js'
import { run, type RunExtras } from './make-call.js'
import { findMethod } from './method.js'
import { type PlanPayment, runAtNamedPrice } from './named-price.js'
import { openProvider } from './network.js'
import { readBlockNumber } from './on-chain.js'
import { type PlannedPayment, planPayment, signPayment } from './payment.js'
import { type NetworkAddress, readPublished } from './published.js'
import { askState } from './state.js'

export interface CallTarget {
  readonly organization: string
  readonly service: string
  readonly method: string
  readonly group?: string | undefined
  /** HOST:PORT or a URL in place of the published endpoint. */
  readonly endpoint?: string | undefined
  readonly channel?: ChannelId | undefined
  /** Bound on what one call may add. */
  readonly maxPrice?: Cogs | undefined
  /** Pays the price of the metadata, even where the proto files say that the service names it. */
  readonly publishedPrice?: boolean | undefined
}

/** A call that is ready to be made: everything is known and checked, nothing is signed for it yet. */
export interface PreparedCall extends Disposable {
  readonly method: MethodDescriptor
  readonly endpoint: string
  /** For the call; for the question of its price where the service names that itself. */
  readonly payment: PlannedPayment
  /** The method that is asked for the price; undefined where it is published. */
  readonly priceMethod: string | undefined
  /** Signs, calls, and yields the decoded answers as they come. */
  run(requests: AsyncIterable<unknown> | Iterable<unknown>, extras: RunExtras): AsyncIterable<unknown>
}

/** For everything that is read before a call: node, metadata, proto files, channel state. */
export interface Preparing {
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
}

/**
 * From names to a priced, funded call. Errors say what is missing: service, method, price, channel, funds; `timed-out`,
 * `cancelled`.
 */
export async function prepareCall(
  at: NetworkAddress,
  target: CallTarget,
  key: Key,
  { timeoutMs, signal }: Preparing,
): Promise<PreparedCall> {
  const late = (): SnetError =>
    new SnetError('timed-out', `the call could not be prepared within ${timeoutMs / 1000} s; nothing was paid`, {
      hint: 'The node, the metadata host or the daemon is slow. --timeout gives them longer.',
    })
  return await withTimeLimit({ ms: timeoutMs, signal, late }, (limit) => prepare(at, target, key, limit))
}

async function prepare(at: NetworkAddress, target: CallTarget, key: Key, signal: AbortSignal): Promise<PreparedCall> {
  using chain = await openProvider(at.rpc)
  const { provider } = chain
  const published = await readPublished(at, target, { provider, signal })
  const descriptors = await published.readDescriptors()
  if (!descriptors) throw new SnetError('not-found', 'the service publishes no proto files, so its methods are unknown')
  const method = findMethod(descriptors, target.method)
  const pricing = target.publishedPrice ? undefined : pricingMethodOf(descriptors.methods, method)
  const priceMethod = pricing === 'unusable' ? undefined : pricing
  const { path } = priceMethod ?? method
  const price = published.prices.priceOf(path)
  if (price === undefined) throw new SnetError('not-found', `no price is published for ${path}`)
  const block = await readBlockNumber(provider)
  const candidates = await candidateChannels(published, target.channel, { payer: key.address, provider, block })
  const { hostPort, tls } = endpointOf(target.endpoint ?? published.endpoints[0])
  const connection = openConnection(hostPort, { tls })
  const { mpe } = published
  const plan: PlanPayment = async (price, maxPrice, signal) => {
    const ask = (channel: EscrowChannel) => askState(connection, { mpe, channel, block, key, signal })
    const { channel, state } = await chooseFunded(candidates, price, ask)
    return planPayment(channel, state, price, maxPrice)
  }
  try {
    const payment = await plan(price, target.maxPrice, signal)
    // A caller who has given up meanwhile does not get it, and would not close it.
    signal.throwIfAborted()
    const sign = (payment: PlannedPayment) => signPayment(mpe, payment, key)
    const { maxPrice } = target
    return {
      method,
      endpoint: hostPort,
      payment,
      priceMethod: priceMethod?.path,
      run: (requests, extras) =>
        priceMethod
          ? runAtNamedPrice(
              connection,
              { method, priceMethod, question: payment, plan, sign, maxPrice },
              requests,
              extras,
            )
          : run(connection, method, { ...sign(payment), ...extras.headers }, requests, extras),
      [Symbol.dispose]: () => connection[Symbol.dispose](),
    }
  } catch (fault) {
    connection[Symbol.dispose]()
    throw fault
  }
}
