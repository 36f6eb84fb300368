import { randomBytes } from 'node:crypto'
import { Wallet } from 'ethers'
import { addressOfKey, freeCallMessage, freeCallUseMessage, signMessage } from '../../src/ethereum/index.js'
import { mint } from '../../src/sandbox/contracts.js'
import type { Network } from '../../src/sandbox/index.js'
import {
  type FreeCallStateReply,
  type FreeCallTokenReply,
  HEADER,
  loadFreeCallService,
} from '../../src/shared/wire/index.js'
import type { Answer, RawClient } from './echo-service.js'
import { ADD, asMetadata, TWO_AND_THREE } from './payer.js'

/** Somebody who asks for free calls and makes them, over raw messages. */
export class FreeCaller {
  readonly address: string

  /** @param address as he spells it; the usual spelling by default */
  constructor(
    readonly network: Network,
    readonly key: Uint8Array,
    address?: string,
  ) {
    this.address = address ?? addressOfKey(key)
  }

  /** Somebody new with so many of the smallest units of the escrow's token. */
  static async withTokens(network: Network, units: bigint): Promise<FreeCaller> {
    const caller = new FreeCaller(network, randomBytes(32))
    const { owner, provider, contracts } = network
    if (units > 0n) await mint(new Wallet(owner.key, provider), contracts.token, caller.address, units)
    return caller
  }

  /** GetFreeCallToken as it is answered. */
  async askToken(client: RawClient): Promise<Answer> {
    const block = await this.#block()
    return await ask(client, 'GetFreeCallToken', {
      address: this.address,
      signature: signMessage(this.key, freeCallMessage(this.#names, block)),
      current_block: String(block),
    })
  }

  async token(client: RawClient): Promise<Uint8Array> {
    const { token } = decode('GetFreeCallToken', await this.askToken(client)) as FreeCallTokenReply
    return token ?? new Uint8Array()
  }

  /** GetFreeCallsAvailable. */
  async left(client: RawClient): Promise<number> {
    const [token, block] = [await this.token(client), await this.#block()]
    const answer = await ask(client, 'GetFreeCallsAvailable', {
      address: this.address,
      free_call_token: token,
      signature: this.#use(block, token),
      current_block: String(block),
    })
    const state = decode('GetFreeCallsAvailable', answer) as FreeCallStateReply
    return Number(state.free_calls_available ?? 0)
  }

  async headers(client: RawClient): Promise<Record<string, string | Uint8Array>> {
    const [token, block] = [await this.token(client), await this.#block()]
    return {
      [HEADER.paymentType]: 'free-call',
      [HEADER.freeCallAddress]: this.address,
      [HEADER.currentBlock]: String(block),
      [HEADER.channelSignature]: this.#use(block, token),
      [HEADER.freeCallToken]: token,
    }
  }

  async call(client: RawClient): Promise<Answer> {
    return await client.call(ADD, [TWO_AND_THREE], { metadata: asMetadata(await this.headers(client)) })
  }

  get #names() {
    const { organization, service } = this.network.names
    return { address: this.address, userId: '', organization, service, group: this.network.group.idText }
  }

  #use(block: bigint, token: Uint8Array): Uint8Array {
    return signMessage(this.key, freeCallUseMessage(this.#names, block, token))
  }

  async #block(): Promise<bigint> {
    return BigInt(await this.network.provider.getBlockNumber())
  }
}

type Method = 'GetFreeCallToken' | 'GetFreeCallsAvailable'

const methodOf = (name: Method) => {
  const method = loadFreeCallService().service[name]
  if (!method) throw new Error(`there is no ${name}`)
  return method
}

const ask = async (client: RawClient, name: Method, request: object): Promise<Answer> =>
  await client.call(methodOf(name).path, [methodOf(name).requestSerialize(request)])

function decode(name: Method, { code, details, messages: [message] }: Answer): object {
  if (code !== 0 || message === undefined) throw new Error(`${name}: ${code} ${details}`)
  return methodOf(name).responseDeserialize(message)
}
