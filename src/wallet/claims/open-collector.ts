import { SnetError } from '../../shared/errors.js'
import type { EscrowChannel } from '../../shared/escrow-channel.js'
import type { ChannelId } from '../../shared/units.js'
import { openConnection } from '../../shared/wire/index.js'
import { readToken, type Token } from '../balances.js'
import { blocksOf, type Span } from '../block-time.js'
import { readChannel } from '../channels.js'
import { endpointOf } from '../endpoint.js'
import { readGasPrice } from '../fees.js'
import { readBlockNumber } from '../on-chain.js'
import { type NetworkAddress, type PublishedName, readPublished } from '../published.js'
import type { Sender } from '../sender.js'
import { finishFound } from '../transactions.js'
import type { Collector } from './collect.js'
import { type ClaimList, type ClaimSelection, selectClaims } from './plan.js'
import { createProviderControl } from './provider-control.js'

/** A provider beside his daemon and the chain; closed with its scope. */
export interface OpenCollector extends Collector, Disposable {
  readonly token: Token
  readonly endpoint: string
}

export interface CollectorConfig {
  readonly network: NetworkAddress
  readonly name: PublishedName
  /** HOST:PORT or a URL in place of the published endpoint. */
  readonly endpoint: string | undefined
}

/** Errors: `forbidden` when the key is not that of the group's payment address; those of `readPublished`. */
export async function openCollector(
  sender: Sender,
  { network, name, endpoint }: CollectorConfig,
): Promise<OpenCollector> {
  const { provider, account, signal } = sender
  const { mpe, recipient, group, endpoints } = await readPublished(network, name, { provider, signal })
  if (recipient !== account.address) {
    throw new SnetError(
      'forbidden',
      `the group "${group.name}" is paid at ${recipient}, and this key is that of ${account.address}`,
      {
        hint: 'Only the key of the payment address can collect.',
      },
    )
  }
  const token = await readToken(provider, mpe)
  const { hostPort, tls } = endpointOf(endpoint ?? endpoints[0])
  const connection = openConnection(hostPort, { tls })
  const readBlock = (): Promise<bigint> => readBlockNumber(provider)
  const control = createProviderControl({ connection, account, escrow: mpe, readBlock, signal })
  return {
    sender,
    escrow: mpe,
    control,
    token,
    endpoint: hostPort,
    [Symbol.dispose]: () => connection[Symbol.dispose](),
  }
}

export interface WantedClaims extends Omit<ClaimSelection, 'expiringBy'> {
  readonly expiringWithin: Span | undefined
}

export interface ClaimPlan extends ClaimList {
  readonly block: bigint
  /** Of one unit of gas now, in wei. */
  readonly gasPrice: bigint
}

/** What there is to collect. What an interrupted run has sent is seen to its end before anybody is asked. */
export async function planClaims({ sender, escrow, control }: Collector, wanted: WantedClaims): Promise<ClaimPlan> {
  const { provider } = sender
  await finishFound(sender)
  const started = await control.inProgress()
  const unclaimed = await control.unclaimed()
  const block = await readBlockNumber(provider)
  const ids = new Set([...(wanted.channels ?? []), ...[...started, ...unclaimed].map(({ channel }) => channel)])
  const channels = new Map<ChannelId, EscrowChannel>()
  for (const id of ids) {
    const channel = await readChannel(provider, escrow, id)
    if (channel) channels.set(id, channel)
  }
  const { expiringWithin } = wanted
  const expiringBy = expiringWithin === undefined ? undefined : block + (await blocksOf(provider, expiringWithin))
  const list = selectClaims({ started, unclaimed, channels }, { ...wanted, expiringBy })
  return { ...list, block, gasPrice: await readGasPrice(provider) }
}
