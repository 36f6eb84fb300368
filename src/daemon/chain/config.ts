import { SnetError } from '../../shared/errors.js'
import type { BackoffTimes } from '../../shared/retry.js'
import type { Address } from '../../shared/units.js'
import type { Log } from '../observability/index.js'
import type { HeadConfig } from './head.js'
import type { Rpc } from './rpc.js'

export interface ChainConfig {
  /** Name of the network, as in storage keys. */
  readonly network: string
  /** Undefined for networks of the user's own, where any chain id is right. */
  readonly chainId: number | undefined
  readonly rpcUrl: string
  /** Nodes of the same chain that take its place, in this order, when it fails. */
  readonly furtherRpcUrls?: readonly string[]
  /** Where new blocks are told (`ws:` or `wss:`); polling alone when not given. */
  readonly wsUrl?: string | undefined
  /** Key for both, sent as provider-auth.ts says. */
  readonly apiKey?: string | undefined
  readonly registry: Address
  readonly pollIntervalMs: number
  readonly staleLimitMs: number
  readonly timeoutMs: number
  /** Delays with one right value in service; tests shorten them. */
  readonly timing?: Partial<ChainTiming>
}

export interface ChainTiming {
  /** How long a node that failed five times in a row is left alone. */
  readonly restMs: number
  readonly pingMs: number
  /** Between two attempts to subscribe. */
  readonly backoff: BackoffTimes
  /** Interval of polls while heads arrive, and how long a subscription may be silent; 10 polls or a minute by default. */
  readonly relaxedPollMs?: number
}

export const DEFAULT_TIMING: ChainTiming = {
  restMs: 5_000,
  pingMs: 15_000,
  backoff: { firstMs: 1_000, longestMs: 60_000 },
}

const MIN_BLOCK_READ_INTERVAL_MS = 100
const BLOCK_TIME_MS = 12_000
const LAG_LIMIT_MS = 30_000
const MIN_RELAXED_POLL_MS = 60_000

/** Only the sandbox's chain is named `local`; its id is a custom, not a promise. */
const LOCAL = 'local'

/** Seldom, but often enough that the view does not turn stale on a chain that is quiet. */
export function relaxedPollMs({ timing, pollIntervalMs, staleLimitMs }: ChainConfig): number {
  const relaxed = timing?.relaxedPollMs ?? Math.max(10 * pollIntervalMs, MIN_RELAXED_POLL_MS)
  return Math.max(pollIntervalMs, Math.min(relaxed, staleLimitMs / 2))
}

/** @param isFed whether a subscription tells of new blocks now, so that polls are seldom */
export const headConfig = (config: ChainConfig, isFed: () => boolean): HeadConfig => ({
  get pollIntervalMs() {
    return isFed() ? relaxedPollMs(config) : config.pollIntervalMs
  },
  minIntervalMs: MIN_BLOCK_READ_INTERVAL_MS,
  staleLimitMs: config.staleLimitMs,
  blockTimeMs: BLOCK_TIME_MS,
  lagLimitMs: LAG_LIMIT_MS,
})

/**
 * The chain that the nodes serve. Errors: `invalid-config` when it is not the network's, of which `local` is told only, or
 * when two of them serve different ones; `unavailable` when none says. One that does not say may be used when it does.
 */
export async function requireChain(config: ChainConfig, rpc: Pick<Rpc, 'chainIds'>, log: Log): Promise<bigint> {
  const nodes = await rpc.chainIds()
  const [first, ...others] = nodes.flatMap(({ node, chain }) => (typeof chain === 'bigint' ? [{ node, chain }] : []))
  if (!first) throw nodes[0]?.chain as SnetError
  for (const { node, chain } of nodes)
    if (chain instanceof SnetError)
      log.warn('an Ethereum node does not answer at the start', { node, reason: chain.message })
  const other = others.find(({ chain }) => chain !== first.chain)
  if (other)
    throw new SnetError(
      'invalid-config',
      `the nodes of ethereum_json_rpc_http_endpoint serve different chains: ${first.node} chain ${first.chain}, ${other.node} chain ${other.chain}`,
      { hint: 'List nodes of one chain only.' },
    )
  const found = first.chain
  if (config.chainId === undefined || found === BigInt(config.chainId)) return found
  const mismatch = `the node at ${first.node} serves chain ${found}, network "${config.network}" is chain ${config.chainId}`
  if (config.network !== LOCAL) {
    throw new SnetError('invalid-config', mismatch, {
      hint: 'Set ethereum_json_rpc_http_endpoint to a node of that network, or blockchain_network_selected to the other one.',
    })
  }
  log.warn(mismatch)
  return found
}

/** Error: `invalid-config`, which does not repeat the URL: there may be a key in it. */
export function requireSocketUrl(url: string): void {
  if (URL.canParse(url) && /^wss?:$/.test(new URL(url).protocol) && !url.includes('#')) return
  throw new SnetError('invalid-config', 'ethereum_json_rpc_ws_endpoint is not a WebSocket URL', {
    hint: 'It starts with wss:// or ws:// and has no part after a #; leave it out to follow blocks by polling.',
  })
}
