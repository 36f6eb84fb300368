import { createRegistryReader, type RegistryReader } from '../../ethereum/index.js'
import { hostOf, SnetError } from '../../shared/errors.js'
import { onAbort } from '../../shared/abort.js'
import { Lifecycle } from '../../shared/lifecycle.js'
import { Poller } from '../../shared/poller.js'
import type { Address } from '../../shared/units.js'
import type { Log } from '../observability/index.js'
import type { Blocks, EscrowChannels, EscrowHistory, TokenBalances } from '../payments/ports.js'
import {
  type ChainConfig,
  DEFAULT_TIMING,
  headConfig,
  relaxedPollMs,
  requireChain,
  requireSocketUrl,
} from './config.js'
import { CachedEscrow } from './escrow-channels.js'
import type { HeadFeed } from './head-feed.js'
import { Head } from './head.js'
import { type ChainHealth, judgeHealth } from './health.js'
import { RegistryEvents } from './registry-events.js'
import type { NodeView } from './node-pool.js'
import { openRpc } from './rpc.js'
import { EscrowTokenBalances } from './token-balances.js'

export interface Chain extends AsyncDisposable {
  readonly registry: RegistryReader
  readonly blocks: Blocks
  /** The channels of one escrow contract, cached until blocks or events say otherwise. */
  watchEscrow(mpe: Address): EscrowChannels & EscrowHistory
  /**
   * Calls `onChange` when blocks tell of a change of what is registered of the organisation and its services, and when
   * blocks were missed or taken back. It does not matter whether the node tells of blocks or is asked for them.
   */
  watchRegistry(organization: string, onChange: () => void): void
  /** Balances in the token of one escrow contract. */
  watchTokens(mpe: Address): TokenBalances
  /** How fresh this view is. No I/O. */
  health(): ChainHealth
  /** Those that are asked, or stand by. */
  readonly nodes: readonly NodeView[]
}

export interface ChainDeps {
  readonly log: Log
  /** Ends the opening; an open chain ends by being disposed. */
  readonly signal?: AbortSignal
}

const ESCROW_LIMITS = {
  maxChannels: 10_000,
  reads: { burst: 200, perSecond: 50 },
  maxEventBlocks: 1_000n,
  paymentsPerLook: 50,
}

const BALANCE_LIMITS = { freshMs: 60_000, maxOwners: 10_000, reads: { burst: 100, perSecond: 10 } }

/**
 * Connects to the node and follows its blocks. Errors: `unavailable`, `invalid-config` for a node of another chain or
 * a WebSocket URL that is none, `cancelled` when the signal aborts first. Whatever was opened is closed then.
 */
export async function openChain(config: ChainConfig, { log, signal }: ChainDeps): Promise<Chain> {
  if (config.wsUrl) requireSocketUrl(config.wsUrl)
  const life = new Lifecycle()
  // What fails to close then is closed once more, and told, below.
  const close = (): void => void life[Symbol.asyncDispose]().catch(() => undefined)
  using _stopping = onAbort(signal, close)
  try {
    signal?.throwIfAborted()
    const chain = await connect(config, log, life)
    signal?.throwIfAborted()
    return chain
  } catch (error) {
    await life[Symbol.asyncDispose]()
    if (!signal?.aborted) throw error
    throw new SnetError('cancelled', `connecting to the Ethereum node at ${hostOf(config.rpcUrl)} was cancelled`, {
      cause: error,
    })
  }
}

async function connect(config: ChainConfig, log: Log, life: Lifecycle): Promise<Chain> {
  const { restMs } = { ...DEFAULT_TIMING, ...config.timing }
  const rpc = await life.own(
    'rpc',
    openRpc(
      {
        urls: [config.rpcUrl, ...(config.furtherRpcUrls ?? [])],
        ...{ apiKey: config.apiKey, timeoutMs: config.timeoutMs, restMs },
      },
      log,
    ),
  )
  const escrows: CachedEscrow[] = []
  const registries: RegistryEvents[] = []
  // Made once the node has answered; until then there is no subscription to rely on.
  const live: { feed?: HeadFeed } = {}
  const isFed = (): boolean => live.feed?.isLive === true
  const head = new Head(headConfig(config, isFed), {
    readLatest: () => rpc.latestBlock(),
    readBlock: (number) => rpc.blockAt(number),
    proveChain: () => rpc.proveChain(),
    log,
    onFork() {
      rpc.forgetHeight()
      for (const escrow of escrows) escrow.dropAll()
      for (const registry of registries) registry.suspectAll()
    },
    onAdvance(from, to) {
      for (const escrow of escrows) void escrow.dropChanged(from, to)
      for (const registry of registries) void registry.look(from, to)
    },
  })
  rpc.expectChain(await requireChain(config, rpc, log))
  await head.refresh()
  const poller = await life.own('poller', startPolling(config, head, isFed))
  if (config.wsUrl) live.feed = await life.own('head feed', openFeed(config, config.wsUrl, poller, log))
  // Closed first: a poll under way would otherwise be waited for.
  await life.own('requests', {
    async [Symbol.asyncDispose]() {
      head.close()
      await rpc[Symbol.asyncDispose]()
    },
  })
  return {
    registry: createRegistryReader(rpc.newest, { address: config.registry, node: hostOf(config.rpcUrl) }),
    blocks: head,
    watchEscrow(mpe) {
      const limits = { mpe, staleLimitMs: config.staleLimitMs, ...ESCROW_LIMITS }
      const escrow = new CachedEscrow(limits, { rpc, blocks: head, log })
      escrows.push(escrow)
      return escrow
    },
    watchRegistry(organization, onChange) {
      const { maxEventBlocks } = ESCROW_LIMITS
      registries.push(
        new RegistryEvents({ registry: config.registry, organization, maxEventBlocks }, { rpc, log }, onChange),
      )
    },
    watchTokens: (mpe) => new EscrowTokenBalances({ mpe, ...BALANCE_LIMITS }, { rpc, blocks: head }),
    health: () => ({
      ...judgeHealth(head.newest(), config.staleLimitMs, rpc.nodes),
      ...(live.feed && { subscribed: live.feed.isLive }),
    }),
    get nodes() {
      return rpc.nodes
    },
    [Symbol.asyncDispose]: () => life[Symbol.asyncDispose](),
  }
}

/** The head reports an outage itself, once; here the next turn is the retry, and comes as soon as one may succeed. */
function startPolling(config: ChainConfig, head: Head, isFed: () => boolean): Poller {
  const { restMs } = { ...DEFAULT_TIMING, ...config.timing }
  let hasFailed = false
  const waitMs = (): number => {
    const usual = isFed() ? relaxedPollMs(config) : config.pollIntervalMs
    return hasFailed ? Math.min(usual, restMs) : usual
  }
  return new Poller(waitMs, async () => {
    hasFailed = true
    await head.refresh()
    hasFailed = false
  })
}

async function openFeed(config: ChainConfig, url: string, poller: Poller, log: Log): Promise<HeadFeed> {
  const { HeadFeed } = await import('./head-feed.js')
  const { pingMs, backoff } = { ...DEFAULT_TIMING, ...config.timing }
  const { apiKey, timeoutMs } = config
  return new HeadFeed(
    { url, apiKey, timeoutMs, pingMs, backoff, silenceMs: relaxedPollMs(config) },
    // A head told here may be of a node that lags or of a block that is gone: the one road to the truth is the poll.
    { log, onHead: () => poller.wake(), onLoss: () => poller.wake() },
  )
}
