import { paymentMessage, signMessage } from '../../src/ethereum/index.js'
import type { Network } from '../../src/sandbox/index.js'
import { type ChannelId, channelNonce, cogs } from '../../src/shared/units.js'
import { escrowHeaders } from '../../src/shared/wire/index.js'
import { openChannels } from './open-channels.js'

/** Headers as HTTP/2 has them, names and values in turn: bytes are base64 text. */
export const asFields = (headers: Readonly<Record<string, string | Uint8Array>>): string[] =>
  Object.entries(headers).flatMap(([name, value]) => [
    name,
    typeof value === 'string' ? value : Buffer.from(value).toString('base64'),
  ])

/** Header fields of a payment, by the place of the call and its number there. */
export type Payments = (place: number, call: number) => readonly string[]

/**
 * Channels of one client, one for each call that may be in flight. Every daemon that is measured has a store of its own, so
 * all of them may be paid with the same signatures.
 */
export class Payers {
  readonly #network: Network
  readonly #channels: { readonly id: ChannelId; amount: bigint }[]

  private constructor(network: Network, channels: readonly ChannelId[]) {
    this.#network = network
    this.#channels = channels.map((id) => ({ id, amount: 0n }))
  }

  /** @param count how many calls may be in flight */
  static async open(network: Network, count: number): Promise<Payers> {
    return new Payers(network, await openChannels(network, count))
  }

  get channels(): readonly ChannelId[] {
    return this.#channels.map(({ id }) => id)
  }

  /** So many payments on each of the first channels, signed before any clock runs. */
  sign(places: number, callsEach: number): Payments {
    const key = Buffer.from(this.#network.client.key.slice(2), 'hex')
    const { contracts, priceInCogs } = this.#network
    const signed = this.#channels.slice(0, places).map((channel) =>
      Array.from({ length: callsEach }, () => {
        const amount = cogs((channel.amount += BigInt(priceInCogs)))
        const payment = { channel: channel.id, nonce: channelNonce(0n), amount }
        return asFields(
          escrowHeaders({ ...payment, signature: signMessage(key, paymentMessage(contracts.mpe, payment)) }),
        )
      }),
    )
    return (place, call) => signed[place]?.[call] ?? []
  }
}
