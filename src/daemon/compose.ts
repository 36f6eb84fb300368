import { resolve } from 'node:path'
import { toAddress } from '../ethereum/index.js'
import { SnetError } from '../shared/errors.js'
import { aborted, Lifecycle } from '../shared/lifecycle.js'
import { partOf } from '../shared/live.js'
import { hostPortText } from '../shared/schema.js'
import { createOwnServices } from './api/index.js'
import { openChain, openSigners } from './chain/index.js'
import { CHAIN_IDS, type DaemonConfig, type LoadedConfig } from './config/index.js'
import { connectGrpcUpstream, startGateway } from './gateway/index.js'
import { openMetadata } from './metadata/index.js'
import { type Log, openLog } from './observability/index.js'
import { createPayments } from './payments/index.js'
import { openDataDir, openStorage } from './storage/index.js'

/** What a started daemon tells whoever started it. */
export interface Ready {
  /** HOST:PORT that paying clients connect to. */
  readonly endpoint: string
}

/**
 * The whole daemon, top to bottom: reading order is start order, and stop order is its reverse. Resolves once it has
 * stopped after `signal`. Start-up trouble throws and names the part; `drain-timed-out` tells that calls were cut.
 */
export async function runDaemon(
  loaded: LoadedConfig,
  signal: AbortSignal,
  announce: (ready: Ready) => void,
): Promise<void> {
  const { config } = loaded
  await using life = new Lifecycle()

  const log = await life.own('log', openLog(config.log))
  for (const warning of loaded.warnings) log.warn(warning)
  const dataDir = await life.own('data_dir', openDataDir({ path: dataDirOf(loaded) }, { log }))
  const signers = openSigners({ log })
  const chain = await life.own('chain', openChain(chainConfig(config), { log }))
  const metadata = await openMetadata(metadataConfig(config), { log, registry: chain.registry, toAddress })
  const service = metadata.current
  const { mpe } = service.terms
  const storage = await life.own(
    'storage',
    openStorage(
      {
        type: storageType(config),
        dataDir,
        identity: {
          network: config.blockchain_network_selected,
          organization: service.organization,
          group: service.group.idText,
          mpe,
          backend: storageType(config),
        },
      },
      { log },
    ),
  )
  const payments = createPayments({
    channels: storage.channels,
    escrow: chain.watchEscrow(mpe),
    blocks: chain.blocks,
    signers,
    prices: partOf(metadata, ({ prices }) => prices),
    terms: partOf(metadata, ({ terms }) => terms),
  })
  const own = await life.own('own services', createOwnServices({ payments, log }))
  const upstream = await life.own(
    'service connection',
    connectGrpcUpstream(upstreamConfig(config, service.encoding), { log }),
  )
  const methods = partOf(metadata, (current) => current.methods)
  const gateway = await life.own(
    'gateway',
    startGateway(gatewayConfig(config), { payments, own, upstream, methods, log }),
  )

  const endpoint = hostPortText(gateway.address)
  log.info('serving', { endpoint, organization: service.organization, service: service.service, mpe })
  announce({ endpoint })
  await aborted(signal)
  await drain(gateway, config.drain_timeout, log)
}

async function drain(
  gateway: { drain(timeoutMs: number): Promise<number> },
  timeoutMs: number,
  log: Log,
): Promise<void> {
  log.info('stopping: calls in flight may finish', { limit_ms: timeoutMs })
  const cut = await gateway.drain(timeoutMs)
  if (cut === 0) return
  throw new SnetError('drain-timed-out', `${cut} calls were cut off when drain_timeout was over`, {
    hint: 'Their payments were not kept, so these clients can use the same signed amounts again.',
  })
}

const dataDirOf = ({ config, directory }: LoadedConfig): string => resolve(directory, config.data_dir ?? 'snetd-data')

/** `etcd` never gets here: the configuration refuses it before anything is opened. */
const storageType = (config: DaemonConfig): 'memory' | 'embedded' =>
  config.payment_channel_storage_type === 'memory' ? 'memory' : 'embedded'

const chainConfig = (config: DaemonConfig) => ({
  network: config.blockchain_network_selected,
  chainId: CHAIN_IDS[config.blockchain_network_selected],
  rpcUrl: config.ethereum_json_rpc_http_endpoint.href,
  registry: toAddress(config.registry_address_key),
  pollIntervalMs: config.chain_poll_interval,
  staleLimitMs: config.chain_stale_limit,
  timeoutMs: config.chain_timeout,
})

const metadataConfig = (config: DaemonConfig) => ({
  organization: config.organization_id,
  service: config.service_id,
  group: config.daemon_group_name,
  ipfs: { endpoint: config.ipfs_endpoint.href, timeoutMs: config.ipfs_timeout * 1000 },
})

const upstreamConfig = (config: DaemonConfig, encoding: 'proto' | 'json') => ({
  endpoint: config.service_endpoint,
  encoding,
  maxMessageBytes: maxMessageBytes(config),
})

const gatewayConfig = (config: DaemonConfig) => ({
  endpoint: config.daemon_endpoint,
  serviceTimeoutMs: config.service_timeout,
  maxMessageBytes: maxMessageBytes(config),
  maxCallsInFlight: config.max_calls_in_flight,
})

const maxMessageBytes = (config: DaemonConfig): number => config.max_message_size_in_mb * 1024 * 1024
