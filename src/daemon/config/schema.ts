import {
  boolean,
  choice,
  type ConfigOf,
  custom,
  duration,
  Expected,
  hostPort,
  integer,
  optional,
  path,
  required,
  text,
  url,
} from '../../shared/schema.js'
import { LOG_LEVELS, type LogLevel } from '../../shared/log-level.js'
import { isAddress } from '../../shared/units.js'

export const STORAGE_TYPES = ['memory', 'embedded', 'etcd'] as const

export interface LogSettings {
  readonly level: LogLevel
  readonly format: 'text' | 'json'
}

/** Names of the chains whose id is known; any other name is a network of the user's own. */
export const CHAIN_IDS: Readonly<Record<string, number>> = { main: 1, goerli: 5, sepolia: 11_155_111, local: 42 }

/** The reference daemon's keys, flat and in snake case, so that an existing file starts this daemon unchanged. */
export const daemonSchema = {
  organization_id: required(
    text({ doc: 'Organisation as registered in the Registry.' }),
    'set the id under which your organisation is registered',
  ),
  service_id: required(
    text({ doc: 'Service as registered in the Registry.' }),
    'set the id under which your service is registered',
  ),
  daemon_group_name: text({
    default: 'default_group',
    doc: 'Payment group of this replica, by its exact name in the metadata.',
  }),
  daemon_endpoint: hostPort({
    default: '127.0.0.1:8080',
    doc: 'Address that paying clients connect to.',
    was: ['daemon_end_point'],
  }),
  service_endpoint: url({
    schemes: ['http', 'https', 'grpc', 'grpcs'],
    default: 'http://localhost:5000',
    doc: 'Your AI service; http and grpc are cleartext, https is TLS.',
    was: ['passthrough_endpoint'],
  }),
  blockchain_network_selected: text({
    default: 'sepolia',
    doc: 'Name of the Ethereum network; part of all storage keys.',
  }),
  ethereum_json_rpc_http_endpoint: required(
    url({ schemes: ['http', 'https'], doc: 'JSON-RPC endpoint of an Ethereum node.' }),
    'set the URL of an Ethereum node of that network, such as http://127.0.0.1:8545',
  ),
  registry_address_key: required(
    custom('address', { doc: 'Registry contract.' }, (raw) => {
      if (typeof raw === 'string' && isAddress(raw)) return raw
      throw new Expected('an address: 0x and 40 hexadecimal digits')
    }),
    'set the address of the Registry contract on that network',
  ),
  ipfs_endpoint: url({
    schemes: ['http', 'https'],
    default: 'https://ipfs.singularitynet.io:443',
    doc: 'Where metadata is fetched by content address.',
    was: ['ipfs_end_point'],
  }),
  ipfs_timeout: integer({ min: 1, max: 3600, default: 30, doc: 'Seconds that one fetch from ipfs_endpoint may take.' }),
  payment_channel_storage_type: required(
    choice(STORAGE_TYPES, {
      doc: 'Where payments are kept: `embedded` for one host, `etcd` for a group of replicas, `memory` for trials.',
    }),
    'choose where payments are kept: "embedded" (this host alone, on disk), "etcd" (replicas of a group) or "memory" (trials: all is lost at exit)',
  ),
  data_dir: optional(
    path({
      doc: 'Directory of the embedded store and of this daemon’s control socket; default `snetd-data` beside the config file.',
    }),
  ),
  service_timeout: duration({
    min: 1,
    default: '100s',
    doc: 'How long one call may take when the client sets no deadline.',
  }),
  max_message_size_in_mb: integer({
    min: 1,
    max: 2048,
    default: 4,
    doc: 'Largest message of a call, in MiB, both ways.',
  }),
  max_calls_in_flight: integer({
    min: 1,
    max: 1_000_000,
    default: 4096,
    doc: 'Calls served at a time; more are refused.',
  }),
  drain_timeout: duration({ default: '10s', doc: 'How long calls in flight may finish after a stop.' }),
  chain_poll_interval: duration({ min: 50, default: '4s', doc: 'How often the newest block is asked for.' }),
  chain_timeout: duration({ min: 100, default: '10s', doc: 'How long one request to the Ethereum node may take.' }),
  chain_stale_limit: duration({
    min: 1000,
    default: '5m',
    doc: 'Age beyond which what was read from the chain accepts no payment.',
  }),
  log: custom<LogSettings>(
    'object',
    { default: {}, doc: '`level` (debug, info, warn, error, fatal) and `formatter.type` (text, json).' },
    parseLog,
  ),
  blockchain_enabled: boolean({ default: true, doc: 'Payments through the blockchain.' }),
} as const

export type DaemonConfig = ConfigOf<typeof daemonSchema>

function parseLog(raw: unknown): LogSettings {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    throw new Expected('an object such as {"level": "info"}')
  const { level = 'info', formatter } = raw as { level?: unknown; formatter?: { type?: unknown } }
  const name = level === 'warning' ? 'warn' : level === 'panic' ? 'fatal' : level
  const known = LOG_LEVELS.find((l) => l === name)
  if (!known) throw new Expected(`an object whose level is one of ${LOG_LEVELS.join(', ')}`)
  const format = formatter?.type ?? 'text'
  if (format !== 'text' && format !== 'json') throw new Expected('an object whose formatter.type is text or json')
  return { level: known, format }
}

/** Keys of the reference daemon that this version reads without acting on them. */
export const LATER_KEYS: readonly string[] = [
  'alerts_email',
  'allowed_user_addresses',
  'allowed_user_flag',
  'authentication_addresses',
  'auto_ssl_domain',
  'auto_ssl_cache_dir',
  'blockchain_provider_api_key',
  'burst_size',
  'config_path',
  'daemon_type',
  'enable_dynamic_pricing',
  'ethereum_json_rpc_ws_endpoint',
  'executable_path',
  'experimental',
  'free_calls_per_address',
  'heartbeat_endpoint',
  'heartbeat_svc_end_point',
  'lighthouse_endpoint',
  'metering_enabled',
  'metering_endpoint',
  'metering_end_point',
  'min_balance_for_free_call',
  'model_maintenance_endpoint',
  'model_training_enabled',
  'notification_endpoint',
  'notification_svc_end_point',
  'passthrough_enabled',
  'payment_channel_ca_path',
  'payment_channel_cert_path',
  'payment_channel_key_path',
  'payment_channel_storage_client',
  'payment_channel_storage_server',
  'private_key_for_free_calls',
  'pvt_key_for_free_calls',
  'private_key_for_metering',
  'pvt_key_for_metering',
  'rate_limit_per_minute',
  'service_credentials',
  'service_heartbeat_type',
  'ssl_cert',
  'ssl_key',
  'token_expiry_in_minutes',
  'token_secret_key',
  'trusted_free_call_signers',
  // Named in the reference's README, read by nobody.
  'is_curation_in_progress',
  'hdwallet_index',
  'hdwallet_mnemonic',
]
