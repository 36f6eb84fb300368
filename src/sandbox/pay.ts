import type { ChannelId, Cogs } from '../shared/units.js'
import { type PlannedPayment, prepareCall, readKey } from '../wallet/index.js'
import { NAMES, type Network } from './network.js'

export interface PaidCall {
  readonly method: string
  readonly request: unknown
  readonly answers: readonly unknown[]
  readonly payment: PlannedPayment
}

const CALLS: readonly { method: string; requests: readonly unknown[] }[] = [
  { method: 'add', requests: [{ a: 2, b: 3 }] },
  { method: 'count', requests: [{ a: 1, b: 3 }] },
  { method: 'running_sum', requests: [{ value: 1 }, { value: 2 }, { value: 3 }] },
]

const TIMEOUT_MS = 30_000

/** A few calls of different kinds, each paid for on the network's channel by the same client that `call` uses. */
export async function makePaidCalls(network: Network): Promise<PaidCall[]> {
  const made: PaidCall[] = []
  for (const planned of CALLS) made.push(await payFor(network, planned, network.channel))
  return made
}

/** One call, paid for on this channel. */
export async function payFor(
  network: Network,
  { method, requests }: (typeof CALLS)[number],
  channel: ChannelId,
): Promise<PaidCall> {
  using call = await prepareCall(
    network.address,
    { ...NAMES, method, channel, maxPrice: BigInt(network.priceInCogs) as Cogs },
    await readKey({ file: network.keyFile }),
    { timeoutMs: TIMEOUT_MS },
  )
  const answers: unknown[] = []
  for await (const answer of call.run(requests, { timeoutMs: TIMEOUT_MS })) answers.push(answer)
  return { method, request: requests.length === 1 ? requests[0] : requests, answers, payment: call.payment }
}
