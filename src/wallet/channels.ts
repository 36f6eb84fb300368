import { Contract, type Provider } from 'ethers'
import { decodeChannel, encodeChannelQuery } from '../ethereum/index.js'
import { escrowInterface } from '../ethereum/interfaces/index.js'
import type { EscrowChannel } from '../shared/escrow-channel.js'
import { type Address, type ChannelId, channelId, type GroupId } from '../shared/units.js'
import { readEscrow, requireEscrow } from './escrow-contract.js'
import { onChain } from './on-chain.js'

/** The channels of `sender` to this recipient and group. */
export interface ChannelQuery {
  readonly mpe: Address
  readonly sender: Address
  readonly recipient: Address
  readonly groupId: GroupId
}

/** Undefined when there is no such channel. Errors: those of `readEscrow`. */
export async function readChannel(provider: Provider, mpe: Address, id: ChannelId): Promise<EscrowChannel | undefined> {
  const read = async (): Promise<EscrowChannel | undefined> =>
    decodeChannel(id, await provider.call({ to: mpe, data: encodeChannelQuery(id) }))
  return await readEscrow(mpe, read())
}

/** All channels that `sender` ever opened to this recipient and group, oldest first. Errors: those of `readEscrow`. */
export async function findChannels(
  provider: Provider,
  { mpe, sender, recipient, groupId }: ChannelQuery,
): Promise<EscrowChannel[]> {
  const contract = new Contract(mpe, escrowInterface, provider)
  const filter = contract.filters['ChannelOpen']?.(null, null, sender, null, recipient, groupId)
  const events = await onChain(contract.queryFilter(filter as never, 0, 'latest'))
  // What is no escrow contract has no channels either, and for another reason.
  if (events.length === 0) await requireEscrow(provider, mpe)
  const ids = events.flatMap((event) => ('args' in event ? [channelId(event.args['channelId'] as bigint)] : []))
  const channels = await Promise.all(ids.map((id) => readChannel(provider, mpe, id)))
  return channels.filter((channel) => channel !== undefined)
}
