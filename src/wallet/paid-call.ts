import type { MethodDescriptor } from '../content/index.js'
import { SnetError } from '../shared/errors.js'
import { withTimeLimit } from '../shared/time-limit.js'
import { type Cogs, type ChannelId } from '../shared/units.js'
import { type Connection, onlyAnswer, openConnection } from '../shared/wire/index.js'
import { candidateChannels, chooseFunded } from './choose-channel.js'
import type { Key } from './keys.js'
import { endpointOf } from './endpoint.js'
import { findMethod } from './method.js'
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
}

/** A call that is ready to be made: everything is known and checked, nothing is signed for it yet. */
export interface PreparedCall extends Disposable {
  readonly method: MethodDescriptor
  readonly endpoint: string
  readonly payment: PlannedPayment
  /** Signs, calls, and yields the decoded answers as they come. */
  run(requests: AsyncIterable<unknown> | Iterable<unknown>, extras: RunExtras): AsyncIterable<unknown>
}

export interface RunExtras {
  readonly headers?: Readonly<Record<string, string>>
  readonly timeoutMs: number
  /** Bound on one message of the answer. */
  readonly maxMessageBytes?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/** The largest message that daemons let through unless their provider has raised the limit. */
const MAX_MESSAGE_BYTES = 4 * 1024 * 1024

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
  const price = published.prices.priceOf(method.path)
  if (price === undefined) throw new SnetError('not-found', `no price is published for ${method.path}`)
  const block = await readBlockNumber(provider)
  const candidates = await candidateChannels(published, target.channel, { payer: key.address, provider, block })
  const { hostPort, tls } = endpointOf(target.endpoint ?? published.endpoints[0])
  const connection = openConnection(hostPort, { tls })
  try {
    const { channel, state } = await chooseFunded(candidates, price, (channel) =>
      askState(connection, { mpe: published.mpe, channel, block, key, signal }),
    )
    const payment = planPayment(channel, state, price, target.maxPrice)
    // A caller who has given up meanwhile does not get it, and would not close it.
    signal.throwIfAborted()
    return {
      method,
      endpoint: hostPort,
      payment,
      run: (requests, extras) =>
        run(connection, method, { ...signPayment(published.mpe, payment, key), ...extras.headers }, requests, extras),
      [Symbol.dispose]: () => connection[Symbol.dispose](),
    }
  } catch (fault) {
    connection[Symbol.dispose]()
    throw fault
  }
}

async function* run(
  connection: Connection,
  method: MethodDescriptor,
  headers: Record<string, string | Uint8Array>,
  requests: AsyncIterable<unknown> | Iterable<unknown>,
  { timeoutMs, maxMessageBytes = MAX_MESSAGE_BYTES, signal }: RunExtras,
): AsyncIterable<unknown> {
  async function* encode(): AsyncGenerator<Uint8Array> {
    for await (const request of requests) yield method.encodeRequest(request)
  }
  const extras = { of: 'service', headers, timeoutMs, maxMessageBytes, signal } as const
  try {
    const answers = connection.call(method.path, encode(), extras)
    if (!method.responseStream) yield method.decodeResponse(await onlyAnswer(answers))
    else for await (const answer of answers) yield method.decodeResponse(answer)
  } catch (fault) {
    throw perhapsPaid(fault)
  }
}

/** The daemon has the signed payment by now: unless a status says how the call ended, it may have been kept. */
function perhapsPaid(fault: unknown): unknown {
  if (!(fault instanceof SnetError) || fault.kind === 'cancelled' || 'grpc_status' in fault.details) return fault
  const { kind, message, details, hint, cause } = fault
  return new SnetError(kind, `${message}; the call may have been paid`, { details, hint, cause })
}
