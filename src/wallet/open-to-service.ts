import type { EscrowChannel } from '../shared/escrow-channel.js'
import type { Address, ChannelId, Cogs } from '../shared/units.js'
import { blocksOf, type Span } from './block-time.js'
import { findChannels } from './channels.js'
import { readBlockNumber } from './on-chain.js'
import { openChannel } from './open-channels.js'
import { type NetworkAddress, type PublishedName, readPublished } from './published.js'
import type { Sender, SettledTransaction } from './sender.js'
import { finishFound } from './transactions.js'

export interface WantedChannel {
  readonly value: Cogs
  /** How long calls can be paid on it. */
  readonly span: Span
  /** Who may sign payments beside the account; the account itself by default. */
  readonly signer?: Address | undefined
  /** Also where the account has one already that would do. */
  readonly isAnother: boolean
}

export interface OpenedChannel {
  readonly id: ChannelId
  readonly value: Cogs
  readonly expiration: bigint
  /** Undefined where the channel was there. */
  readonly transaction: SettledTransaction | undefined
}

/**
 * A channel to the provider of a service, with enough in it and for long enough: one that is there, else a new one. So the
 * same command opens one channel, however often it is run.
 */
export async function openChannelTo(
  sender: Sender,
  network: NetworkAddress,
  name: PublishedName,
  { value, span, signer = sender.account.address, isAnother }: WantedChannel,
): Promise<OpenedChannel> {
  const { provider, account, signal } = sender
  const {
    mpe: escrow,
    recipient,
    group,
    expirationThreshold,
  } = await readPublished(network, name, { provider, signal })
  const block = await readBlockNumber(provider)
  const expiration = block + expirationThreshold + (await blocksOf(provider, span))
  if (!isAnother) {
    await finishFound(sender)
    const query = { mpe: escrow, sender: account.address, recipient, groupId: group.id }
    const fits = (channel: EscrowChannel): boolean =>
      channel.signer === signer && channel.value >= value && channel.expiration > block + expirationThreshold
    const found = (await findChannels(provider, query)).find(fits)
    if (found) return { ...found, transaction: undefined }
  }
  const terms = { escrow, signer, recipient, groupId: group.id, value, expiration }
  return { ...(await openChannel(sender, terms)), value, expiration }
}
