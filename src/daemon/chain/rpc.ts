import { JsonRpcApiProvider, type JsonRpcPayload, type JsonRpcResult, Network } from 'ethers'
import { shortReason } from '../../ethereum/index.js'
import { hostOf, SnetError } from '../../shared/errors.js'
import { NodeAway, NodeLink, type NodeLinkConfig } from './node-link.js'

export type RpcConfig = NodeLinkConfig

/** The few questions the daemon asks a node. Every failure is `unavailable` and names the host, never a key in the URL. */
export interface Rpc extends AsyncDisposable {
  readonly provider: JsonRpcApiProvider
  chainId(): Promise<bigint>
  /** The chain that the node has to prove it serves, after every failure and whenever `proveChain` is called. */
  expectChain(chain: bigint): void
  proveChain(): Promise<void>
  latestBlock(): Promise<BlockHeader>
  blockAt(number: bigint): Promise<BlockHeader>
  /** `eth_call` at a block, so that the answer is of that block also behind a load balancer. */
  call(to: string, data: string, block: bigint): Promise<string>
  /** @param topics those that a log must have, by position; null is any */
  logs(address: string, fromBlock: bigint, toBlock: bigint, topics?: readonly (string | null)[]): Promise<RpcLog[]>
}

export interface BlockHeader {
  readonly number: bigint
  readonly hash: string
  readonly parentHash: string
}

export interface RpcLog {
  readonly topics: readonly string[]
  readonly data: string
}

/** Ethers' provider over our own transport: its own has no bound for size and retries in silence. */
class LinkedProvider extends JsonRpcApiProvider {
  readonly #link: NodeLink

  constructor(link: NodeLink) {
    // Only names are looked up by the network, and nobody asks for names. Each question is its own request and its
    // own truth: ethers would share answers for a quarter of a second.
    super(Network.from(0), { staticNetwork: true, batchMaxCount: 1, cacheTimeout: -1 })
    this.#link = link
    this._start()
  }

  override async _send(payload: JsonRpcPayload | JsonRpcPayload[]): Promise<JsonRpcResult[]> {
    const questions = Array.isArray(payload) ? payload : [payload]
    return (await Promise.all(questions.map((question) => this.#link.ask(question)))) as JsonRpcResult[]
  }
}

export function openRpc(config: RpcConfig): Rpc {
  const host = hostOf(config.url)
  const link = new NodeLink(config)
  const provider = new LinkedProvider(link)
  const translateFaults = async <T>(method: string, ask: () => Promise<T>): Promise<T> => {
    try {
      return await ask()
    } catch (cause) {
      const what = cause instanceof NodeAway ? cause.reason : `did not answer ${method}: ${shortReason(cause)}`
      throw new SnetError('unavailable', `the Ethereum node at ${host} ${what}`, {
        hint: 'Check ethereum_json_rpc_http_endpoint, and that the node is up and synchronised.',
        cause,
      })
    }
  }
  const send = <T>(method: string, params: unknown[], read: (result: unknown) => T): Promise<T> =>
    translateFaults(method, async () => read(await provider.send(method, params)))
  return {
    provider,
    chainId: () => send('eth_chainId', [], readQuantity),
    expectChain: (chain) => link.expect(chain),
    proveChain: () => translateFaults('eth_chainId', () => link.proveChain()),
    latestBlock: () => send('eth_getBlockByNumber', ['latest', false], readHeader),
    blockAt: (number) => send('eth_getBlockByNumber', [quantity(number), false], readHeader),
    call: (to, data, block) => send('eth_call', [{ to, data }, quantity(block)], readText),
    logs(address, fromBlock, toBlock, topics) {
      const filter = { address, fromBlock: quantity(fromBlock), toBlock: quantity(toBlock), ...(topics && { topics }) }
      return send('eth_getLogs', [filter], readLogs)
    },
    async [Symbol.asyncDispose]() {
      provider.destroy()
      await link[Symbol.asyncDispose]()
    },
  }
}

const quantity = (value: bigint): string => `0x${value.toString(16)}`
const malformed = (what: string, value: unknown): Error =>
  new Error(`${what} expected, got ${JSON.stringify(value)?.slice(0, 80)}`)

function readText(value: unknown): string {
  if (typeof value !== 'string' || !/^0x[0-9a-f]*$/i.test(value)) throw malformed('hexadecimal text', value)
  return value
}

function readQuantity(value: unknown): bigint {
  if (readText(value).length < 3) throw malformed('a quantity', value)
  return BigInt(value as string)
}

function readHeader(value: unknown): BlockHeader {
  if (typeof value !== 'object' || value === null) throw malformed('a block', value)
  const { number, hash, parentHash } = value as Record<string, unknown>
  return { number: readQuantity(number), hash: readText(hash), parentHash: readText(parentHash) }
}

function readLogs(value: unknown): RpcLog[] {
  if (!Array.isArray(value)) throw malformed('a list of logs', value)
  return value.map((log: { topics?: unknown; data?: unknown }) => {
    if (!Array.isArray(log?.topics)) throw malformed('a log with topics', log)
    return { topics: log.topics.map(readText), data: readText(log.data) }
  })
}
