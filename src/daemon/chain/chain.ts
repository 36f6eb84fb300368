import { setTimeout as after } from 'node:timers/promises'
import { createRegistryReader, type RegistryReader } from '../../ethereum/index.js'
import { hostOf, SnetError } from '../../shared/errors.js'
import type { Address } from '../../shared/units.js'
import type { Log } from '../observability/index.js'
import type { Blocks, EscrowChannels } from '../payments/ports.js'
import { CachedEscrow } from './escrow-channels.js'
import { Head } from './head.js'
import { openRpc, type Rpc } from './rpc.js'

export interface ChainConfig {
  /** Name of the network, as in storage keys. */
  readonly network: string
  /** Undefined for networks of the user's own, where any chain id is right. */
  readonly chainId: number | undefined
  readonly rpcUrl: string
  readonly registry: Address
  readonly pollIntervalMs: number
  readonly staleLimitMs: number
  readonly timeoutMs: number
}

export interface Chain extends AsyncDisposable {
  readonly registry: RegistryReader
  readonly blocks: Blocks
  /** The channels of one escrow contract, cached until blocks or events say otherwise. */
  watchEscrow(mpe: Address): EscrowChannels
}

/** Only the sandbox's chain is named `local`; its id is a custom, not a promise. */
const LOCAL = 'local'

const MIN_BLOCK_READ_INTERVAL_MS = 100
const BLOCK_TIME_MS = 12_000
const LAG_LIMIT_MS = 30_000
const ESCROW_LIMITS = { maxChannels: 10_000, reads: { burst: 200, perSecond: 50 }, maxEventBlocks: 1_000n }

/** Connects to the node and follows its blocks. Errors: `unavailable`, `invalid-config` for a node of another chain. */
export async function openChain(config: ChainConfig, { log }: { log: Log }): Promise<Chain> {
  const rpc = openRpc({ url: config.rpcUrl, chainId: config.chainId ?? 0, timeoutMs: config.timeoutMs })
  const closing = new AbortController()
  const escrows: CachedEscrow[] = []
  const head = new Head(
    {
      pollIntervalMs: config.pollIntervalMs,
      minIntervalMs: MIN_BLOCK_READ_INTERVAL_MS,
      staleLimitMs: config.staleLimitMs,
      blockTimeMs: BLOCK_TIME_MS,
      lagLimitMs: LAG_LIMIT_MS,
    },
    {
      readLatest: () => rpc.latestBlock(),
      log,
      onFork: () => escrows.forEach((escrow) => escrow.dropAll()),
      onAdvance: (from, to) => escrows.forEach((escrow) => void escrow.dropChanged(from, to)),
    },
  )
  try {
    await requireChain(config, rpc, log)
    await head.refresh()
  } catch (error) {
    await rpc[Symbol.asyncDispose]()
    throw error
  }
  const polling = poll(head, config.pollIntervalMs, closing.signal)
  return {
    registry: createRegistryReader(rpc.provider, { address: config.registry, node: hostOf(config.rpcUrl) }),
    blocks: head,
    watchEscrow(mpe) {
      const escrow = new CachedEscrow(
        { mpe, staleLimitMs: config.staleLimitMs, ...ESCROW_LIMITS },
        { rpc, blocks: head, log },
      )
      escrows.push(escrow)
      return escrow
    },
    async [Symbol.asyncDispose]() {
      closing.abort()
      await rpc[Symbol.asyncDispose]()
      await polling
    },
  }
}

async function poll(head: Head, intervalMs: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    // The head reports an outage itself, once; here the next turn is the retry.
    await after(intervalMs, undefined, { signal })
      .then(() => head.refresh())
      .catch(() => undefined)
  }
}

async function requireChain(config: ChainConfig, rpc: Rpc, log: Log): Promise<void> {
  const found = await rpc.chainId()
  if (config.chainId === undefined || found === BigInt(config.chainId)) return
  const mismatch = `the node at ${hostOf(config.rpcUrl)} serves chain ${found}, network "${config.network}" is chain ${config.chainId}`
  if (config.network !== LOCAL) {
    throw new SnetError('invalid-config', mismatch, {
      hint: 'Set ethereum_json_rpc_http_endpoint to a node of that network, or blockchain_network_selected to the other one.',
    })
  }
  log.warn(mismatch)
}
