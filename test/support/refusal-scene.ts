import { Contract, Wallet } from 'ethers'
import { escrowInterface } from '../../src/ethereum/interfaces/index.js'
import type { Network } from '../../src/sandbox/index.js'
import type { Lifecycle } from '../../src/shared/lifecycle.js'
import { type ChannelId, groupIdFromBytes } from '../../src/shared/units.js'
import { type GateName, OTHER_GROUP, PRICE, type Scene } from '../fixtures/refusals/index.js'
import { type Metadata, registerAnother } from './another-service.js'
import { type Gate, ownGate, startGate } from './gates.js'
import { clientOf, openStream, Payer, paymentHeaders } from './payer.js'

/** Everything of a scene that stays as it is from row to row. */
export type Setting = Omit<Scene, 'authorized' | 'block'>

/** The channels that rows are about: short-lived, poor, foreign, claimed, and one with a call under way. */
export async function openSetting(network: Network): Promise<Setting & { busyCall: { finish(): Promise<number> } }> {
  const block = BigInt(await network.provider.getBlockNumber())
  const until = async (expiration: bigint) => ({ id: await network.openChannel({ expiration }), expiration })
  const busy = await network.openChannel()
  const setting = {
    network,
    main: network.channel,
    expiring: await until(block + 50n),
    expired: await until(block),
    poor: await network.openChannel({ value: 5n }),
    otherGroup: await network.openChannel({ groupId: groupIdFromBytes(OTHER_GROUP) }),
    otherRecipient: await network.openChannel({ recipient: network.client.address }),
    claimed: await network.openChannel(),
    busy,
  }
  using client = clientOf(network)
  await new Payer(network, setting.claimed).pay(client)
  await claim(network, setting.claimed)
  const busyCall = await openStream(clientOf(network), paymentHeaders(network, { channel: busy, amount: PRICE }))
  return { ...setting, busyCall }
}

/** The owner collects what one call cost, which moves the channel to nonce 1. */
async function claim(network: Network, channel: ChannelId): Promise<void> {
  const signed = paymentHeaders(network, { channel, amount: PRICE })['snet-payment-channel-signature-bin'] as Uint8Array
  const escrow = new Contract(network.contracts.mpe, escrowInterface, new Wallet(network.owner.key, network.provider))
  const [r, s, v] = [signed.subarray(0, 32), signed.subarray(32, 64), signed[64]]
  await (await escrow.getFunction('channelClaim')(channel, PRICE, PRICE, v, r, s, false)).wait()
}

/** One daemon for each thing that rows need to be otherwise; the network's own is the plain one. */
export async function startGates(network: Network, life: Lifecycle): Promise<Record<GateName, Gate>> {
  await registerAnother(network, PRICED, withOnePrice)
  const others = {
    limited: { rate_limit_per_minute: '0.001', burst_size: 1 },
    restricted: { allowed_user_flag: true, allowed_user_addresses: [network.owner.address] },
    priced: { service_id: PRICED },
    unreachable: { service_endpoint: 'http://127.0.0.1:1' },
    echo: { passthrough_enabled: false },
  }
  const start = async (name: keyof typeof others): Promise<Gate> =>
    await life.own(name, startGate(network, name, others[name]))
  const [limited, restricted, priced, unreachable, echo] = await Promise.all([
    start('limited'),
    start('restricted'),
    start('priced'),
    start('unreachable'),
    start('echo'),
  ])
  return { plain: ownGate(network), limited, restricted, priced, unreachable, echo }
}

const PRICED = 'PricedSvc'

/** One of its methods alone has a price. */
function withOnePrice(published: Metadata): object {
  const pricing = [
    {
      price_model: 'fixed_price_per_method',
      default: true,
      details: [{ service_name: 'Calculator', method_pricing: [{ method_name: 'sub', price_in_cogs: 10 }] }],
    },
  ]
  return { ...published, groups: published.groups.map((group) => ({ ...group, pricing })) }
}
