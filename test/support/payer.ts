import { Metadata } from '@grpc/grpc-js'
import { channelStateMessage, paymentMessage, signMessage } from '../../src/ethereum/index.js'
import type { Network } from '../../src/sandbox/index.js'
import { bigEndian, type ChannelId, channelId, channelNonce, cogs, uint256Bytes } from '../../src/shared/units.js'
import { type ChannelStateReply, escrowHeaders, loadStateService } from '../../src/shared/wire/index.js'
import { type Answer, type CallExtras, RawClient } from './echo-service.js'

export const ADD = '/example_service.Calculator/add'
export const RUNNING_SUM = '/example_service.Calculator/running_sum'
export const COUNT = '/example_service.Calculator/count'
/** Numbers { a: 2, b: 3 } */
export const TWO_AND_THREE = Buffer.from('090000000000000040' + '110000000000000840', 'hex')

/** A raw client of a network's daemon; a new one after each restart, as gRPC clients wait before they connect again. */
export function clientOf(network: Network): RawClient {
  const [host, port] = network.endpoint.split(':') as [string, string]
  return new RawClient({ host, port: Number(port) })
}

export interface SignedCall {
  readonly channel: bigint
  readonly nonce?: bigint
  readonly amount: bigint
  /** The amount that is signed, when that is another one than the headers tell. */
  readonly signedAmount?: bigint
  /** Who signs; the network's client by default. */
  readonly key?: string
}

/** Headers of one escrow payment. */
export function paymentHeaders(
  network: Network,
  { channel, nonce = 0n, amount, signedAmount = amount, key = network.client.key }: SignedCall,
): Record<string, string | Uint8Array> {
  const payment = { channel: channelId(channel), nonce: channelNonce(nonce), amount: cogs(amount) }
  const message = paymentMessage(network.contracts.mpe, { ...payment, amount: cogs(signedAmount) })
  return escrowHeaders({ ...payment, signature: signMessage(keyBytes(key), message) })
}

export function asMetadata(headers: Readonly<Record<string, string | Uint8Array>>): Metadata {
  const metadata = new Metadata()
  for (const [name, value] of Object.entries(headers)) {
    metadata.set(name, typeof value === 'string' ? value : Buffer.from(value))
  }
  return metadata
}

const keyBytes = (key: string): Uint8Array => Buffer.from(key.slice(2), 'hex')

export interface KnownState {
  readonly nonce: bigint
  readonly amount: bigint
  readonly signature: Uint8Array | undefined
}

/** GetChannelState as the channel's sender. */
export async function askState(
  network: Network,
  client: RawClient,
  channel: ChannelId,
  limitMs?: number,
): Promise<KnownState> {
  const block = BigInt(await network.provider.getBlockNumber())
  const { GetChannelState } = loadStateService().service
  const request = {
    channel_id: uint256Bytes(channel),
    signature: signMessage(keyBytes(network.client.key), channelStateMessage(network.contracts.mpe, channel, block)),
    current_block: String(block),
  }
  const message = GetChannelState?.requestSerialize(request) as Buffer
  const answer = await client.call('/escrow.PaymentChannelStateService/GetChannelState', [message], {
    ...(limitMs !== undefined && { deadline: new Date(Date.now() + limitMs) }),
  })
  if (answer.code !== 0) throw new Error(`GetChannelState: ${answer.code} ${answer.details}`)
  const reply = GetChannelState?.responseDeserialize(answer.messages[0] as Buffer) as ChannelStateReply
  return {
    nonce: bigEndian(reply.current_nonce ?? new Uint8Array()),
    amount: bigEndian(reply.current_signed_amount ?? new Uint8Array()),
    signature: reply.current_signature,
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
    const metadata = asMetadata(paymentHeaders(this.network, { channel: this.channel, amount }))
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

/** A paid bidi call that was answered once and stays open until `finish`, which resolves with its status code. */
export async function openStream(
  client: RawClient,
  payment: Readonly<Record<string, string | Uint8Array>>,
): Promise<{ finish(): Promise<number> }> {
  const asIs = (bytes: Buffer): Buffer => bytes
  const call = client.client.makeBidiStreamRequest(RUNNING_SUM, asIs, asIs, asMetadata(payment))
  const ended = new Promise<number>((done) => call.once('status', ({ code }) => done(code)))
  call.on('error', () => undefined)
  call.write(ONE)
  await Promise.race([new Promise((done) => call.once('data', done)), ended])
  call.resume()
  return {
    finish() {
      call.end()
      return ended
    },
  }
}

/** Value { value: 1 } */
const ONE = Buffer.from('09000000000000f03f', 'hex')
