import { Contract, Wallet } from 'ethers'
import { decodeNextChannel, encodeNextChannelQuery } from '../../src/ethereum/index.js'
import { escrowInterface } from '../../src/ethereum/interfaces/index.js'
import type { Network } from '../../src/sandbox/index.js'
import { type ChannelId, channelId, groupIdFromBase64 } from '../../src/shared/units.js'

/** More than any run spends, in cogs. */
const VALUE = 10n ** 9n
const BLOCKS = 1_000_000
const GAS = { gasLimit: 500_000 }

/** Opens so many channels of the network's client without waiting for one before the next, which the wallet would. */
export async function openChannels(network: Network, count: number): Promise<ChannelId[]> {
  const { contracts, client, owner, group, provider } = network
  const wallet = new Wallet(client.key, provider)
  const token = new Contract(contracts.token, ['function approve(address,uint256) returns (bool)'], wallet)
  const escrow = new Contract(contracts.mpe, escrowInterface, wallet)
  const total = VALUE * BigInt(count)
  await (await token.getFunction('approve')(contracts.mpe, total)).wait()
  await (await escrow.getFunction('deposit')(total)).wait()
  const first = decodeNextChannel(await provider.call({ to: contracts.mpe, data: encodeNextChannelQuery() }))
  const nonce = await provider.getTransactionCount(client.address)
  const expiration = (await provider.getBlockNumber()) + BLOCKS
  const terms = [client.address, owner.address, groupIdFromBase64(group.idText), VALUE, expiration] as const
  const sent = []
  // In the order of their nonces: the contract numbers the channels as they come.
  for (let i = 0; i < count; i++)
    sent.push(await escrow.getFunction('openChannel')(...terms, { ...GAS, nonce: nonce + i }))
  await sent.at(-1).wait()
  return sent.map((_transaction, i) => channelId(first + BigInt(i)))
}
