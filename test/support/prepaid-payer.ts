import { paymentMessage, signMessage, tokenRequestMessage } from '../../src/ethereum/index.js'
import type { Network } from '../../src/sandbox/index.js'
import { type ChannelId, channelNonce, cogs } from '../../src/shared/units.js'
import { HEADER, loadTokenService, type TokenReplyMessage } from '../../src/shared/wire/index.js'
import type { Answer, RawClient } from './echo-service.js'
import { ADD, asMetadata, TWO_AND_THREE } from './payer.js'

/** Headers of a call that was paid ahead; without a nonce, which daemons need not be told. */
export const prepaidHeaders = (channel: bigint, token: string): Record<string, string | Uint8Array> => ({
  [HEADER.paymentType]: 'prepaid-call',
  [HEADER.channelId]: String(channel),
  [HEADER.prepaidToken]: Buffer.from(token),
})

/** A client that pays ahead on one channel, and counts the calls that ended OK. */
export class PrepaidPayer {
  token = ''
  served = 0n

  constructor(
    readonly network: Network,
    readonly channel: ChannelId,
  ) {}

  get price(): bigint {
    return BigInt(this.network.priceInCogs)
  }

  /** GetToken for this much in all. Throws with code and text of a refusal. */
  async ask(client: RawClient, amount: bigint): Promise<{ planned: bigint; used: bigint }> {
    const key = Buffer.from(this.network.client.key.slice(2), 'hex')
    const block = BigInt(await this.network.provider.getBlockNumber())
    const payment = { channel: this.channel, nonce: channelNonce(0n), amount: cogs(amount) }
    const claimSignature = signMessage(key, paymentMessage(this.network.contracts.mpe, payment))
    const { GetToken } = loadTokenService().service
    const request = {
      channel_id: String(this.channel),
      signed_amount: String(amount),
      signature: signMessage(key, tokenRequestMessage(claimSignature, block)),
      current_block: String(block),
      claim_signature: claimSignature,
    }
    const { code, details, messages } = await client.call('/escrow.TokenService/GetToken', [
      GetToken?.requestSerialize(request) as Buffer,
    ])
    if (code !== 0) throw new Error(`GetToken: ${code} ${details}`)
    const reply = GetToken?.responseDeserialize(messages[0] as Buffer) as TokenReplyMessage
    this.token = reply.token ?? ''
    return { planned: BigInt(reply.planned_amount ?? '0'), used: BigInt(reply.used_amount ?? '0') }
  }

  /** One call. */
  async call(client: RawClient, message = TWO_AND_THREE, method = ADD): Promise<Answer> {
    const metadata = asMetadata(prepaidHeaders(this.channel, this.token))
    const answer = await client.call(method, [message], { metadata })
    if (answer.code === 0) this.served++
    return answer
  }
}
