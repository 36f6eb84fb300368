import { join, resolve } from 'node:path'
import { toAddress } from '../ethereum/index.js'
import { availableCores } from '../shared/available-cores.js'
import { SnetError } from '../shared/errors.js'
import { NETWORKS } from '../settings/index.js'
import type { ChainConfig } from './chain/index.js'
import { clientLimits, type GatewayRates } from './compose-client-limits.js'
import { serviceTls } from './compose-service-tls.js'
import type { DataDir } from './data-dir/index.js'
import type { EtcdServerConfig } from './etcd-server/index.js'
import type { DaemonConfig, InfraAccess } from '../settings/index.js'
import type {
  GatewayConfig,
  HttpUpstreamConfig,
  JsonRpcConfig,
  OwnBounds,
  ProcessConfig,
  UpstreamConfig,
} from './gateway/index.js'
import type { InfraConfig } from './infra/index.js'
import type { MetadataConfig, ServiceContext } from './metadata/index.js'
import type { EtcdSettings, StorageConfig } from './storage/index.js'
import type { TrainingConfig } from './training/index.js'

/** The settings as each room names them. */

export const chainConfig = (config: DaemonConfig): ChainConfig => ({
  network: config.blockchain_network_selected,
  chainId: NETWORKS[config.blockchain_network_selected]?.chainId,
  rpcUrl: config.ethereum_json_rpc_http_endpoint[0].href,
  furtherRpcUrls: config.ethereum_json_rpc_http_endpoint.slice(1).map(({ href }) => href),
  wsUrl: config.ethereum_json_rpc_ws_endpoint?.href,
  apiKey: config.blockchain_provider_api_key,
  registry: toAddress(config.registry_address_key),
  pollIntervalMs: config.chain_poll_interval,
  staleLimitMs: config.chain_stale_limit,
  timeoutMs: config.chain_timeout,
})

export const metadataConfig = (config: DaemonConfig): MetadataConfig => ({
  organization: config.organization_id,
  service: config.service_id,
  group: config.daemon_group_name,
  dynamicPrices: config.enable_dynamic_pricing,
  sources: {
    ipfs: config.ipfs_endpoint.href,
    lighthouse: config.lighthouse_endpoint.href,
    timeoutMs: config.ipfs_timeout * 1000,
    redirects: config.metadata_redirects,
  },
})

export const storageConfig = (
  config: DaemonConfig,
  { dataDir, service }: { dataDir: Pick<DataDir, 'path'>; service: ServiceContext },
): StorageConfig => ({
  type: storageType(config),
  etcd: etcdSettings(config, service.storage),
  dataDir,
  identity: {
    network: config.blockchain_network_selected,
    organization: service.organization,
    group: service.group.idText,
    mpe: service.terms.mpe,
  },
})

/** Without a type, a section for etcd is a choice of etcd; a server that is switched off is none. */
function storageType({
  payment_channel_storage_type: type,
  payment_channel_storage_client: client,
  payment_channel_storage_server: server,
}: DaemonConfig): StorageConfig['type'] {
  return type ?? (client !== undefined || server?.enabled === true ? 'etcd' : undefined)
}

const DEFAULT_ETCD_TIMEOUT_MS = 5_000
const ETCD_LEASE_SECONDS = 10

/** What is written in the settings counts before the metadata; a time of 0 is not written. */
function etcdSettings(config: DaemonConfig, metadata: ServiceContext['storage']): EtcdSettings {
  const { payment_channel_storage_client: client } = config
  const { payment_channel_cert_path: cert, payment_channel_key_path: key, payment_channel_ca_path: ca } = config
  const endpoints = findsEtcdByMetadata(config) ? metadata.endpoints : (client?.endpoints ?? [])
  return {
    endpoints: endpoints.map(etcdUrl),
    tls: {
      ...(ca !== undefined && { caFile: ca }),
      ...(cert !== undefined && { certFile: cert }),
      ...(key !== undefined && { keyFile: key }),
    },
    auth:
      client?.username === undefined || client.password_file === undefined
        ? undefined
        : { username: client.username, passwordFile: client.password_file },
    connectionTimeoutMs: client?.connection_timeout || metadata.connectionTimeoutMs || DEFAULT_ETCD_TIMEOUT_MS,
    requestTimeoutMs: client?.request_timeout || metadata.requestTimeoutMs || DEFAULT_ETCD_TIMEOUT_MS,
    leaseSeconds: ETCD_LEASE_SECONDS,
    toAddress,
  }
}

/** An endpoint of etcd as metadata spells it. */
export const etcdUrl = (endpoint: string): string => (endpoint.includes('://') ? endpoint : `http://${endpoint}`)

/** Whether etcd is where the metadata says: what is written in the settings counts before it. */
export const findsEtcdByMetadata = ({ payment_channel_storage_client: client }: DaemonConfig): boolean =>
  !client?.endpoints?.length

/** Undefined where this daemon starts no etcd. Relative paths count from where the daemon runs, as in the reference. */
export function etcdServerConfig(config: DaemonConfig, dataDir: DataDir): EtcdServerConfig | undefined {
  const { payment_channel_storage_server: server, payment_channel_storage_type: type = 'etcd' } = config
  if (!server?.enabled || type !== 'etcd') return undefined
  const { id, scheme, host, token, cluster, program } = server
  return {
    ...{ id, scheme, host, token, cluster, program },
    clientPort: server.client_port,
    peerPort: server.peer_port,
    startupTimeoutMs: server.startup_timeout,
    dataDir: resolve(server.data_dir),
    logLevel: server.log_level,
    logOutputs: server.log_outputs,
    tls: scheme === 'https' ? etcdFiles(config) : undefined,
    pidFile: join(dataDir.path, 'etcd-server.pid'),
  }
}

/** Undefined unless all three are named. */
function etcdFiles(config: DaemonConfig): EtcdServerConfig['tls'] {
  const { payment_channel_cert_path: cert, payment_channel_key_path: key, payment_channel_ca_path: ca } = config
  if (cert === undefined || key === undefined || ca === undefined) return undefined
  return { certFile: resolve(cert), keyFile: resolve(key), caFile: resolve(ca) }
}

export const upstreamConfig = (config: DaemonConfig, encoding: 'proto' | 'json'): UpstreamConfig => ({
  endpoint: config.service_endpoint,
  tls: serviceTls(config),
  encoding,
  maxMessageBytes: maxMessageBytes(config),
  stallMs: config.client_stall_timeout,
  dataPlane: config.data_plane,
  limits: {
    ...SERVICE_LIMITS,
    answerMs: config.service_ping_timeout,
    maxConnections: config.max_service_connections,
  },
})

export const httpUpstreamConfig = (config: DaemonConfig, encoding: 'proto' | 'json'): HttpUpstreamConfig => ({
  endpoint: config.service_endpoint,
  encoding,
  credentials: config.service_credentials ?? [],
  ...wholeRequests(config),
})

export const jsonRpcConfig = (config: DaemonConfig, encoding: 'proto' | 'json'): JsonRpcConfig => ({
  ...wholeRequests(config),
  endpoint: config.service_endpoint,
  encoding,
})

/** Error: `invalid-config` when no program is named. */
export function processConfig(config: DaemonConfig): ProcessConfig {
  const { executable_path: executable } = config
  if (executable === undefined) {
    throw new SnetError(
      'invalid-config',
      'executable_path: the service is of service_type process, and no program is set',
      {
        hint: 'Set executable_path to the program that answers its calls.',
      },
    )
  }
  return {
    ...wholeRequests(config),
    executable,
    maxProcesses: config.max_processes,
    maxWaiting: config.max_waiting_for_process,
    isPool: config.process_pool_enabled,
  }
}

/** What a translator may keep of requests, each of which it needs as a whole. */
const wholeRequests = (config: DaemonConfig) => ({
  maxMessageBytes: maxMessageBytes(config),
  stallMs: config.client_stall_timeout,
  maxBytes: unreadLimits(config).bytes,
})

/** Where models are trained. */
export const modelUpstreamConfig = (config: DaemonConfig): UpstreamConfig => ({
  ...upstreamConfig(config, 'proto'),
  endpoint: config.model_maintenance_endpoint ?? config.service_endpoint,
})

export const trainingConfig = (
  config: DaemonConfig,
  { organization, service, group }: Pick<ServiceContext, 'organization' | 'service' | 'group'>,
): TrainingConfig => ({
  identity: { organization, service, group: group.idText },
  limits: {
    questionMs: Math.min(MODEL_QUESTION_MS, config.service_timeout),
    workMs: config.service_timeout,
    uploadMs: config.upload_timeout,
  },
  maxUploadBytes: config.max_upload_size_in_mb * MIB,
  statusIntervalMs: MODEL_STATUS_INTERVAL_MS,
})

const MODEL_QUESTION_MS = 20_000
const MODEL_STATUS_INTERVAL_MS = 3_000

/** Two PINGs within 5 minutes are what gRPC servers bear of a client that waits. */
const SERVICE_LIMITS = { connectTimeoutMs: 10_000, askAfterMs: [10_000, 60_000, 305_000], freshMs: 30_000 }

export const gatewayConfig = (
  config: DaemonConfig,
  { tls, rates }: Pick<GatewayConfig, 'tls'> & { readonly rates: GatewayRates },
): GatewayConfig => ({
  endpoint: config.daemon_endpoint,
  tls,
  serviceTimeoutMs: config.service_timeout,
  maxMessageBytes: maxMessageBytes(config),
  clientStallMs: config.client_stall_timeout,
  maxCallsInFlight: config.max_calls_in_flight,
  maxCallsWaiting: config.max_calls_waiting,
  maxStreamsPerConnection: config.max_streams_per_connection,
  maxConnections: config.max_connections,
  split: config.experimental?.traffic_split,
  dataPlane: config.data_plane,
  maxHeaderBytes: config.max_header_size_in_kb * 1024,
  allowedOrigins: config.allowed_origins,
  firstMessageTimeoutMs: config.first_message_timeout,
  own: OWN_SERVICES,
  lasting: LASTING_CALLS,
  training: trainingBounds(config),
  uploads: uploadBounds(config),
  ...clientLimits(config),
  unread: unreadLimits(config),
  maxQuotedBytes: unreadLimits(config).bytes,
  ...rates,
})

export const infraConfig = (
  config: DaemonConfig,
  { endpoint, tls, token }: InfraAccess,
  dataDir: DataDir,
): InfraConfig => ({
  ...{ endpoint, tls, token },
  inviteFormat: config.infra_invite_format,
  bertyEndpoint: config.infra_berty_endpoint,
  peerAllow: config.infra_peer_allow,
  logs: { directory: config.infra_log_dir ?? join(dataDir.path, 'logs'), target: config.infra_log_target },
})

export const maxMessageBytes = (config: DaemonConfig): number => config.max_message_size_in_mb * 1024 * 1024

/** How many threads recover signers. With fewer cores than these, one more thread takes its time from those that are there. */
export const recoveryThreads = ({ recovery_workers: workers }: DaemonConfig, cores = availableCores()): number =>
  workers === 'auto' ? (cores < CORES_FOR_A_THREAD ? 0 : 1) : workers

const CORES_FOR_A_THREAD = 4

/** They answer in milliseconds: what takes longer is a client that wants it to. */
const OWN_SERVICES = { places: 1_024, timeoutMs: 30_000 }

/** Load balancers watch the health over a connection of their own each, most of them with one call. */
const LASTING_CALLS = { inAll: 256, perConnection: 8 }

const MIB = 1024 * 1024

/** They wait for the service, and everybody may make them: the other own services must not wait with them. */
const trainingBounds = (config: DaemonConfig): OwnBounds => ({
  places: { inAll: 256, perConnection: 128 },
  timeoutMs: config.service_timeout,
  waiting: { max: 1_024, timeoutMs: config.first_message_timeout },
  maxMessageBytes: 64 * 1024,
  stallMs: config.client_stall_timeout,
})

/** A part is held whole, so that few may be on their way before the first of an upload has come. */
const uploadBounds = (config: DaemonConfig): OwnBounds => ({
  places: { inAll: config.max_uploads, perConnection: Math.ceil(config.max_uploads / 2) },
  timeoutMs: config.upload_timeout,
  waiting: { max: Math.max(64, config.max_uploads), timeoutMs: config.client_stall_timeout },
  maxMessageBytes: maxMessageBytes(config),
  stallMs: config.client_stall_timeout,
})

/** Room for some of the largest answers of one connection, and for more of them in all. */
const unreadLimits = (config: DaemonConfig) => ({
  bytes: Math.max(config.max_unread_answers_in_mb * MIB, 16 * maxMessageBytes(config)),
  bytesPerConnection: Math.max((config.max_unread_answers_in_mb * MIB) / 4, 4 * maxMessageBytes(config)),
})
