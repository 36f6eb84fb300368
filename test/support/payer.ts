import { Metadata } from '@grpc/grpc-js'
import { channelStateMessage, paymentMessage, signMessage } from '../../src/ethereum/index.js'
import type { Network } from '../../src/sandbox/index.js'
import { type ChannelId, channelNonce, cogs } from '../../src/shared/units.js'
import { loadStateService } from '../../src/shared/wire/index.js'
import { type Answer, type CallExtras, RawClient } from './echo-service.js'

export const ADD = '/example_service.Calculator/add'
export const COUNT = '/example_service.Calculator/count'
/** Numbers { a: 2, b: 3 } */
export const TWO_AND_THREE = Buffer.from('0900000000000000401100000000000008 40'.replace(' ', ''), 'hex')

/** A raw client of a network's daemon; a new one after each restart, as gRPC clients wait before they connect again. */
export function clientOf(network: Network): RawClient {
  const [host, port] = network.endpoint.split(':') as [string, string]
  return new RawClient({ host, port: Number(port) })
}

/** Escrow headers of one payment by the network's client. */
export function escrowHeaders(network: Network, channel: ChannelId, amount: bigint, nonce = 0n): Metadata {
  const message = paymentMessage(network.contracts.mpe, { channel, nonce: channelNonce(nonce), amount: cogs(amount) })
  const metadata = new Metadata()
  metadata.set('snet-payment-type', 'escrow')
  metadata.set('snet-payment-channel-id', String(channel))
  metadata.set('snet-payment-channel-nonce', String(nonce))
  metadata.set('snet-payment-channel-amount', String(amount))
  metadata.set('snet-payment-channel-signature-bin', Buffer.from(signMessage(clientKey(network), message)))
  return metadata
}

export const clientKey = (network: Network): Uint8Array => Buffer.from(network.client.key.slice(2), 'hex')

export interface KnownState {
  readonly nonce: bigint
  readonly amount: bigint
  readonly signature: Uint8Array | undefined
}

/** GetChannelState as the channel's sender. */
export async function askState(network: Network, client: RawClient, channel: ChannelId): Promise<KnownState> {
  const block = BigInt(await network.provider.getBlockNumber())
  const { GetChannelState } = loadStateService().service
  const request = {
    channel_id: Buffer.from(channel.toString(16).padStart(64, '0'), 'hex'),
    signature: signMessage(clientKey(network), channelStateMessage(network.contracts.mpe, channel, block)),
    current_block: String(block),
  }
  const answer = await client.call('/escrow.PaymentChannelStateService/GetChannelState', [
    GetChannelState?.requestSerialize(request) as Buffer,
  ])
  if (answer.code !== 0) throw new Error(`GetChannelState: ${answer.code} ${answer.details}`)
  const reply = GetChannelState?.responseDeserialize(answer.messages[0] as Buffer) as Record<
    string,
    Uint8Array | undefined
  >
  const number = (bytes: Uint8Array | undefined): bigint =>
    bytes ? BigInt(`0x${Buffer.from(bytes).toString('hex')}`) : 0n
  return {
    nonce: number(reply['current_nonce']),
    amount: number(reply['current_signed_amount']),
    signature: reply['current_signature'],
  }
}

/**
 * A client that pays on one channel and keeps its own book: `confirmed` is the amount of the last call that ended OK,
 * so the daemon must know at least that, and at most one price more.
 */
export class Payer {
  confirmed = 0n
  served = 0

  constructor(
    readonly network: Network,
    readonly channel: ChannelId,
  ) {}

  get price(): bigint {
    return BigInt(this.network.priceInCogs)
  }

  /** One call with the next amount. */
  async pay(client: RawClient, extras: CallExtras & { method?: string } = {}): Promise<Answer> {
    const amount = this.confirmed + this.price
    const metadata = escrowHeaders(this.network, this.channel, amount)
    const answer = await client.call(extras.method ?? ADD, [TWO_AND_THREE], { ...extras, metadata })
    if (answer.code === 0) {
      this.confirmed = amount
      this.served++
    }
    return answer
  }

  /** What the daemon knows after calls that ended otherwise; returns how many calls were kept though not confirmed. */
  async settle(client: RawClient): Promise<bigint> {
    const { amount } = await askState(this.network, client, this.channel)
    const ahead = amount - this.confirmed
    this.confirmed = amount
    return ahead / this.price
  }
}
