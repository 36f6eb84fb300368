import { FetchRequest, JsonRpcProvider, Network } from 'ethers'
import { shortReason } from '../../ethereum/index.js'
import { hostOf, SnetError } from '../../shared/errors.js'

export interface RpcConfig {
  readonly url: string
  /** Chain id that the configuration expects; what the node says is read by `chainId`. */
  readonly chainId: number
  readonly timeoutMs: number
}

/** The few questions the daemon asks a node. Every failure is `unavailable` and names the host, never a key in the URL. */
export interface Rpc extends AsyncDisposable {
  readonly provider: JsonRpcProvider
  chainId(): Promise<bigint>
  latestBlock(): Promise<BlockHeader>
  /** `eth_call` at a block, so that the answer is of that block also behind a load balancer. */
  call(to: string, data: string, block: bigint): Promise<string>
  logs(address: string, fromBlock: bigint, toBlock: bigint): Promise<RpcLog[]>
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

export function openRpc(config: RpcConfig): Rpc {
  const request = new FetchRequest(config.url)
  request.timeout = config.timeoutMs
  // Each question is its own request and its own truth: ethers would share answers for a quarter of a second.
  const provider = new JsonRpcProvider(request, undefined, {
    staticNetwork: Network.from(config.chainId),
    batchMaxCount: 1,
    cacheTimeout: -1,
  })
  const send = async <T>(method: string, params: unknown[], read: (result: unknown) => T): Promise<T> => {
    try {
      return read(await provider.send(method, params))
    } catch (cause) {
      throw new SnetError(
        'unavailable',
        `the Ethereum node at ${hostOf(config.url)} did not answer ${method}: ${shortReason(cause)}`,
        {
          hint: 'Check ethereum_json_rpc_http_endpoint, and that the node is up and synchronised.',
          cause,
        },
      )
    }
  }
  return {
    provider,
    chainId: () => send('eth_chainId', [], readQuantity),
    latestBlock: () => send('eth_getBlockByNumber', ['latest', false], readHeader),
    call: (to, data, block) => send('eth_call', [{ to, data }, quantity(block)], readText),
    logs: (address, fromBlock, toBlock) =>
      send('eth_getLogs', [{ address, fromBlock: quantity(fromBlock), toBlock: quantity(toBlock) }], readLogs),
    [Symbol.asyncDispose]: async () => provider.destroy(),
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
