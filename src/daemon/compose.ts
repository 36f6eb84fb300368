import { toAddress } from '../ethereum/index.js'
import { SnetError } from '../shared/errors.js'
import { hostPortText } from '../shared/fields.js'
import { aborted, Lifecycle } from '../shared/lifecycle.js'
import { partOf } from '../shared/live.js'
import { createOwnServices, openControl } from './api/index.js'
import { openChain, openSigners } from './chain/index.js'
import type { LoadedConfig } from './config/index.js'
import { connectGrpcUpstream, createEcho, startGateway } from './gateway/index.js'
import { openMetadata } from './metadata/index.js'
import { createHealth, type Log, openLog } from './observability/index.js'
import { patiently } from './patience.js'
import { createPayments } from './payments/index.js'
import { chainConfig, gatewayConfig, metadataConfig, storageConfig, upstreamConfig } from './room-configs.js'
import { DaemonStatus } from './status.js'
import { openDataDir, openStorage, openTokenSecret } from './storage/index.js'

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
  const dataDir = await life.own('data_dir', openDataDir({ path: loaded.dataDir }, { log }))
  await openTokenSecret(dataDir.path, config.token_secret_key)
  const health = createHealth()
  const status = new DaemonStatus(health)
  const onConnection = dataDir.onConnection.bind(dataDir)
  await life.own('control socket', openControl({ onConnection, status: () => status.read(), log }))

  const onWait = (what: string): void => status.waitFor(what)
  const whenThere = patiently({ limitMs: config.startup_timeout, signal, log, onWait })
  const signers = openSigners({ log })
  const openedChain = whenThere('the Ethereum node', () => openChain(chainConfig(config), { log, signal }))
  const chain = await life.own('chain', openedChain)
  const metadata = await whenThere('the metadata of the service', () =>
    openMetadata(metadataConfig(config), { log, registry: chain.registry, toAddress }),
  )
  const service = metadata.current
  const { mpe } = service.terms
  const storing = await storageConfig(config, { dataDir, service })
  const storage = await life.own('storage', openStorage(storing, { log }))
  const allowed = config.allowed_user_flag ? config.allowed_user_addresses?.map(toAddress) : undefined
  const payments = createPayments({
    channels: storage.channels,
    escrow: chain.watchEscrow(mpe),
    blocks: chain.blocks,
    signers,
    prices: partOf(metadata, ({ prices }) => prices),
    terms: partOf(metadata, ({ terms }) => terms),
    ...(allowed && { mayPay: (signer) => allowed.includes(signer) }),
  })
  const own = await life.own('own services', createOwnServices({ payments, log }))
  if (!config.passthrough_enabled) log.warn('passthrough_enabled is false: calls are answered with their own request')
  const upstream = await life.own(
    'service connection',
    config.passthrough_enabled
      ? connectGrpcUpstream(upstreamConfig(config, service.encoding), { log })
      : createEcho(gatewayConfig(loaded)),
  )
  health.watch('chain', () => chain.health())
  health.watch('store', () => storage.health())
  health.watch('service', () => upstream.health())
  const methods = partOf(metadata, (current) => current.methods)
  const gateway = await life.own(
    'gateway',
    startGateway(gatewayConfig(loaded), { payments, own, upstream, methods, health, log }),
  )

  const endpoint = hostPortText(gateway.address)
  status.serve(() => ({
    endpoint,
    tls: loaded.tls !== undefined,
    organization: service.organization,
    service: service.service,
    group: service.group.name,
    network: config.blockchain_network_selected,
    mpe,
    storage: storing.type,
    channels: storage.count(),
    block: String(chain.health().block ?? ''),
    calls_in_flight: gateway.callsInFlight,
    payments_in_flight: payments.inFlight.payments,
    cogs_in_flight: String(payments.inFlight.cogs),
    payments_kept: payments.kept.payments,
    cogs_kept: String(payments.kept.cogs),
  }))
  log.info('serving', { endpoint, organization: service.organization, service: service.service, mpe })
  announce({ endpoint })
  await aborted(signal)
  status.stop()
  health.watch('gate', () => ({ ok: false, reason: 'stopping' }))
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
