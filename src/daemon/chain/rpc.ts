import { type ContractReader, shortReason } from '../../ethereum/index.js'
import { hostOf, SnetError } from '../../shared/errors.js'
import type { Log } from '../observability/index.js'
import { type Answer, NodeAway, NodeLink, type NodeLinkConfig, type NodeQuestions } from './node-link.js'
import { NodePool, type NodeView } from './node-pool.js'

export interface RpcConfig extends Omit<NodeLinkConfig, 'url'> {
  /** In the order in which they are taken when one fails. */
  readonly urls: readonly [string, ...string[]]
}

/** The few questions the daemon asks a node. Every failure is `unavailable` and names the host, never a key in the URL. */
export interface Rpc extends AsyncDisposable {
  /** Contracts at the newest block. Its errors are told by who reads. */
  readonly newest: ContractReader
  /** Which chain each of the nodes serves. */
  chainIds(): Promise<readonly FoundChain[]>
  readonly nodes: readonly NodeView[]
  /** Lower blocks than those seen are right again: the chain was reorganised. */
  forgetHeight(): void
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

export interface FoundChain {
  readonly node: string
  /** Why it is not known, where the node did not say. */
  readonly chain: bigint | SnetError
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

/** The node's answer to a question that it understood. What it says of it is anybody's text, so its code has to do. */
class Refused extends Error {
  /** As ethers has it where a contract gave up the call. */
  readonly code: string | number

  constructor({ code, message }: NonNullable<Answer['error']>) {
    const isReverted = /revert/i.test(message)
    super(isReverted ? 'execution reverted' : `it answered with error ${code}`)
    this.code = isReverted ? 'CALL_EXCEPTION' : code
  }
}

export function openRpc({ urls, ...config }: RpcConfig, log: Log): Rpc {
  const names = nameNodes(urls)
  const links = urls.map((url, at) => ({ name: names[at] as string, link: new NodeLink({ ...config, url }) }))
  const [first, ...others] = links as [(typeof links)[number], ...typeof links]
  const pool = others.length > 0 ? new NodePool([first, ...others], config, { log }) : undefined
  const link: NodeQuestions = pool ?? first.link
  // Nobody else has the id of the question that proves the chain.
  let questions = CHAIN_QUESTION.id
  const ask = async (method: string, params: readonly unknown[]): Promise<unknown> => {
    const { error, result } = await link.ask({ id: ++questions, method, params })
    if (error) throw new Refused(error)
    return result
  }
  const all = names.length > 1 ? `nodes at ${names.join(', ')}` : `node at ${names[0]}`
  const translateFaults = async <T>(method: string, ask: () => Promise<T>, of = all): Promise<T> => {
    try {
      return await ask()
    } catch (cause) {
      const what = cause instanceof NodeAway ? cause.reason : `did not answer ${method}: ${shortReason(cause)}`
      throw new SnetError('unavailable', `the Ethereum ${of} ${what}`, {
        hint: 'Check ethereum_json_rpc_http_endpoint, and that the node is up and synchronised.',
        cause,
      })
    }
  }
  const send = <T>(method: string, params: unknown[], read: (result: unknown) => T): Promise<T> =>
    translateFaults(method, async () => read(await ask(method, params)))
  return {
    newest: {
      call: async (to, data) => readText(await ask('eth_call', [{ to, data }, 'latest'])),
      codeAt: async (address) => readText(await ask('eth_getCode', [address, 'latest'])),
    },
    chainIds: () =>
      Promise.all(
        links.map(async ({ name, link: one }) => {
          const ask = async (): Promise<bigint> => readQuantity((await one.ask(CHAIN_QUESTION)).result)
          const chain = await translateFaults('eth_chainId', ask, `node at ${name}`).catch((fault: SnetError) => fault)
          return { node: name, chain }
        }),
      ),
    get nodes() {
      return pool?.views ?? [{ node: first.name, isUsed: true, fault: undefined }]
    },
    forgetHeight: () => pool?.forgetHeight(),
    expectChain: (chain) => link.expect(chain),
    proveChain: () => translateFaults('eth_chainId', () => link.proveChain()),
    latestBlock: () => send('eth_getBlockByNumber', ['latest', false], readHeader),
    blockAt: (number) => send('eth_getBlockByNumber', [quantity(number), false], readHeader),
    call: (to, data, block) => send('eth_call', [{ to, data }, quantity(block)], readText),
    logs(address, fromBlock, toBlock, topics) {
      const filter = { address, fromBlock: quantity(fromBlock), toBlock: quantity(toBlock), ...(topics && { topics }) }
      return send('eth_getLogs', [filter], readLogs)
    },
    [Symbol.asyncDispose]: () => link[Symbol.asyncDispose](),
  }
}

const CHAIN_QUESTION = { id: 0, method: 'eth_chainId', params: [] }

/** Hosts, which hold no key; with a number where several are behind one. */
function nameNodes(urls: readonly string[]): string[] {
  const hosts = urls.map(hostOf)
  return hosts.map((host, at) => {
    const before = hosts.slice(0, at).filter((one) => one === host).length
    return before === 0 ? host : `${host} (${before + 1})`
  })
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
