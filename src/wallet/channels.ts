import { Contract, type Provider, type Signer } from 'ethers'
import { decodeChannel, encodeChannelQuery, escrowInterface } from '../ethereum/index.js'
import { SnetError } from '../shared/errors.js'
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

/** Until a transaction is in a block. */
const MINING_TIMEOUT_MS = 300_000

/**
 * Opens a channel with `value` from the escrow balance of the signer's account, funding that balance first when it is
 * too low. Costs up to three transactions.
 */
export async function openChannel(
  signer: Signer,
  token: Address,
  channel: Omit<ChannelQuery, 'sender'> & {
    readonly signer: Address
    readonly value: bigint
    readonly expiration: bigint
  },
): Promise<ChannelId> {
  const escrow = new Contract(channel.mpe, escrowInterface, signer)
  await deposit(signer, escrow, token, channel.value)
  const sent = await escrow.getFunction('openChannel')(
    channel.signer,
    channel.recipient,
    channel.groupId,
    channel.value,
    channel.expiration,
  )
  const receipt = await sent.wait(1, MINING_TIMEOUT_MS)
  for (const log of receipt.logs) {
    const event = escrowInterface.parseLog(log)
    if (event?.name === 'ChannelOpen') return channelId(event.args['channelId'] as bigint)
  }
  throw new SnetError('bug', 'the escrow contract opened no channel')
}

const ERC20 = [
  'function approve(address spender, uint256 value) returns (bool)',
  'function balanceOf(address) view returns (uint256)',
]

async function deposit(signer: Signer, escrow: Contract, token: Address, value: bigint): Promise<void> {
  const address = await signer.getAddress()
  const missing = value - ((await escrow.getFunction('balances')(address)) as bigint)
  if (missing <= 0n) return
  const erc20 = new Contract(token, ERC20, signer)
  const owned = (await erc20.getFunction('balanceOf')(address)) as bigint
  if (owned < missing) {
    throw new SnetError('wrong-state', `${address} has ${owned} cogs, ${missing} are needed`, {
      hint: 'Get tokens first.',
    })
  }
  await (await erc20.getFunction('approve')(escrow.target, missing)).wait(1, MINING_TIMEOUT_MS)
  await (await escrow.getFunction('deposit')(missing)).wait(1, MINING_TIMEOUT_MS)
}
