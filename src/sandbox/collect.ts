import { join } from 'node:path'
import { type ChannelId, type Cogs, cogs } from '../shared/units.js'
import { collectClaims, openCollector, openSender, planClaims, readBalances, withdrawTokens } from '../wallet/index.js'
import { NAMES, type Network } from './network.js'
import { payFor } from './pay.js'

/** How the provider comes by his money: one call on a channel of its own, claimed and withdrawn. */
export interface CollectedPay {
  readonly channel: ChannelId
  readonly amount: Cogs
  /** Of the provider's wallet, before and after. */
  readonly before: Cogs
  readonly after: Cogs
}

const CHANNEL_VALUE = 100n

/** The first channel stays as its calls have left it: what is signed next on it goes on from there. */
export async function collectPay(network: Network): Promise<CollectedPay> {
  const { rpc, owner, contracts, directory, provider } = network
  const channel = await network.openChannel({ value: CHANNEL_VALUE })
  await payFor(network, { method: 'mul', requests: [{ a: 6, b: 7 }] }, channel)
  using sender = await openSender({
    rpc,
    account: { variable: 'key of the provider', value: owner.key },
    journalDir: join(directory, 'transactions'),
    patience: { pollMs: 20 },
  })
  using collector = await openCollector(sender, { network: network.address, name: NAMES, endpoint: undefined })
  const readWallet = async (): Promise<Cogs> => (await readBalances(provider, contracts.mpe, owner.address)).wallet
  const before = await readWallet()
  const wanted = { channels: [channel], minAmount: cogs(1n), expiringWithin: undefined, sendback: false }
  const { claims } = await collectClaims(collector, (await planClaims(collector, wanted)).claims)
  await withdrawTokens(sender, contracts.mpe, 'all')
  return {
    channel,
    amount: cogs(claims.reduce((sum, claim) => sum + claim.amount, 0n)),
    before,
    after: await readWallet(),
  }
}
