import { Contract, type Provider } from 'ethers'
import { decodeChannel, encodeChannelQuery, escrowInterface } from '../ethereum/index.js'
import type { EscrowChannel } from '../shared/escrow-channel.js'
import { type Address, type ChannelId, channelId, type GroupId } from '../shared/units.js'

/** The channels of `sender` to this recipient and group. */
export interface ChannelQuery {
  readonly mpe: Address
  readonly sender: Address
  readonly recipient: Address
  readonly groupId: GroupId
}

/** Errors: `unavailable` from the node; undefined when there is no such channel. */
export async function readChannel(provider: Provider, mpe: Address, id: ChannelId): Promise<EscrowChannel | undefined> {
  return decodeChannel(id, await provider.call({ to: mpe, data: encodeChannelQuery(id) }))
}

/** All channels that `sender` ever opened to this recipient and group, oldest first. */
export async function findChannels(
  provider: Provider,
  { mpe, sender, recipient, groupId }: ChannelQuery,
): Promise<EscrowChannel[]> {
  const contract = new Contract(mpe, escrowInterface, provider)
  const filter = contract.filters['ChannelOpen']?.(null, null, sender, null, recipient, groupId)
  const events = await contract.queryFilter(filter as never, 0, 'latest')
  const ids = events.flatMap((event) => ('args' in event ? [channelId(event.args['channelId'] as bigint)] : []))
  const channels = await Promise.all(ids.map((id) => readChannel(provider, mpe, id)))
  return channels.filter((channel) => channel !== undefined)
}
