import type { Provider } from 'ethers'
import { escrowInterface } from '../ethereum/interfaces/index.js'
import { SnetError } from '../shared/errors.js'
import type { EscrowChannel } from '../shared/escrow-channel.js'
import { type Address, type ChannelId, channelId, type Cogs, type GroupId } from '../shared/units.js'
import { blocksOf, type Span } from './block-time.js'
import { readChannel } from './channels.js'
import { depositMissing } from './deposits.js'
import { readBlockNumber } from './on-chain.js'
import type { Sender, SettledTransaction } from './sender.js'
import { sendOnce } from './transactions.js'

export interface NewChannel {
  readonly escrow: Address
  /** Who may sign payments beside the sender. */
  readonly signer: Address
  readonly recipient: Address
  readonly groupId: GroupId
  readonly value: Cogs
  /** Block. */
  readonly expiration: bigint
}

/**
 * Opens a channel with `value` from the account's balance at the escrow contract, which is filled up from the account where
 * it is too low. Up to three transactions.
 */
export async function openChannel(
  sender: Sender,
  channel: NewChannel,
): Promise<{ readonly id: ChannelId; readonly transaction: SettledTransaction }> {
  const { escrow, signer, recipient, groupId, value, expiration } = channel
  // Without the expiration, which counts from now: the same command a minute later means the same channel.
  const intent = `open ${escrow} ${signer} ${recipient} ${groupId} ${value}`
  const transaction = await sendOnce(sender, intent, async () => {
    await depositMissing(sender, escrow, value)
    const data = escrowInterface.encodeFunctionData('openChannel', [signer, recipient, groupId, value, expiration])
    return { intent, what: `opening of a channel with ${value} cogs`, to: escrow, data }
  })
  for (const log of transaction.logs) {
    const event = escrowInterface.parseLog(log)
    if (event?.name === 'ChannelOpen') return { id: channelId(event.args.getValue('channelId') as bigint), transaction }
  }
  throw new SnetError('bug', 'the escrow contract opened no channel')
}

/** A channel after a change of its funds or its end; without a transaction none was needed. */
export interface ChangedChannel<Transaction = SettledTransaction | undefined> {
  readonly channel: EscrowChannel
  readonly transaction: Transaction
}

/** Adds to the funds of a channel, from wherever `openChannel` takes them. Error: `not-found`. */
export async function fundChannel(
  sender: Sender,
  escrow: Address,
  id: ChannelId,
  amount: Cogs,
): Promise<ChangedChannel<SettledTransaction>> {
  const intent = `fund ${escrow} ${id} ${amount}`
  const transaction = await sendOnce(sender, intent, async () => {
    await requireChannel(sender.provider, escrow, id)
    await depositMissing(sender, escrow, amount)
    const data = escrowInterface.encodeFunctionData('channelAddFunds', [id, amount])
    return { intent, what: `funding of channel ${id} with ${amount} cogs`, to: escrow, data }
  })
  return { transaction, channel: await requireChannel(sender.provider, escrow, id) }
}

/** Sends nothing when the channel lasts that long already. Errors: `not-found`; `forbidden` for one of somebody else. */
export async function extendChannel(
  sender: Sender,
  escrow: Address,
  id: ChannelId,
  span: Span,
): Promise<ChangedChannel> {
  const { provider } = sender
  const channel = await requireChannel(provider, escrow, id)
  const expiration = (await readBlockNumber(provider)) + (await blocksOf(provider, span))
  if (channel.sender !== sender.account.address) {
    throw new SnetError('forbidden', `channel ${id} is of ${channel.sender}, who alone can extend it`)
  }
  if (channel.expiration >= expiration) return { transaction: undefined, channel }
  const intent = `extend ${escrow} ${id}`
  const transaction = await sendOnce(sender, intent, async () => {
    const data = escrowInterface.encodeFunctionData('channelExtend', [id, expiration])
    return { intent, what: `extension of channel ${id} to block ${expiration}`, to: escrow, data }
  })
  return { transaction, channel: await requireChannel(provider, escrow, id) }
}

/** Errors: `not-found`, `unavailable`. */
async function requireChannel(provider: Provider, escrow: Address, id: ChannelId): Promise<EscrowChannel> {
  const channel = await readChannel(provider, escrow, id)
  if (channel) return channel
  throw new SnetError('not-found', `there is no channel ${id} on the escrow contract ${escrow}`)
}
