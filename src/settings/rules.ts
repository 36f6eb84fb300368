import { isLoopback } from '../shared/loopback.js'
import { withoutCredentials } from '../shared/url-secrets.js'
import { NETWORKS } from './networks.js'
import type { Problem, Resolved } from './engine.js'
import { PUBLIC_TOKEN_SECRET } from './keys/index.js'
import type { DaemonConfig, daemonSchema } from './daemon-schema.js'
import { plainDaemonFault } from './plain-daemon.js'
import { pointsAtItself } from './points-at-itself.js'
import { alertsFault, meteringFault, meteringKeyFault, reportCautions } from './report-rules.js'

/** A rule over settings that are right one by one: what is wrong with them together, if anything. */
interface Rule {
  /** The key that its message is about. */
  readonly key: keyof DaemonConfig
  /** Other keys that the rule reads; it is not asked while one of them is at fault by itself. */
  readonly reads?: readonly (keyof DaemonConfig)[]
  /** The part without which the rule does not matter. */
  readonly of?: 'gate' | 'payments' | 'infra'
  readonly fault: (config: DaemonConfig) => string | undefined | false
}

const MIN_SECRET_BYTES = 32

const RULES: readonly Rule[] = [
  {
    key: 'service_endpoint',
    of: 'gate',
    reads: ['daemon_endpoint'],
    fault: (config) =>
      pointsAtItself(config) &&
      "service_endpoint can't be the same as daemon endpoint; set it to where your AI service listens",
  },
  {
    key: 'ssl_cert',
    of: 'gate',
    reads: ['ssl_key', 'auto_ssl_domain'],
    fault: ({ ssl_cert: cert, ssl_key: key, auto_ssl_domain: domain }) =>
      domain === undefined &&
      (cert === undefined) !== (key === undefined) &&
      `${cert === undefined ? 'ssl_cert' : 'ssl_key'}: SSL requires both key and certificate when enabled; set it, or neither`,
  },
  {
    key: 'service_tls_cert',
    of: 'gate',
    reads: ['service_tls_key'],
    fault: ({ service_tls_cert: cert, service_tls_key: key }) =>
      (cert === undefined) !== (key === undefined) &&
      `${cert === undefined ? 'service_tls_cert' : 'service_tls_key'}: a service takes a certificate with its key; set it, or neither`,
  },
  {
    key: 'proxy_protocol',
    of: 'gate',
    reads: ['trusted_proxies'],
    fault: ({ proxy_protocol: isSpoken, trusted_proxies: proxies }) =>
      isSpoken &&
      proxies.length === 0 &&
      'proxy_protocol: nobody may speak it; set trusted_proxies to the addresses of your proxies',
  },
  {
    key: 'rate_limit_shared',
    of: 'gate',
    reads: ['blockchain_enabled', 'daemon_type', 'payment_channel_storage_type'],
    fault: ({
      rate_limit_shared: isShared,
      blockchain_enabled: isPaid,
      daemon_type: kind,
      payment_channel_storage_type: type = 'etcd',
    }) =>
      isShared &&
      (!isPaid || kind === 'http' || type !== 'etcd') &&
      'rate_limit_shared: there is no etcd in which replicas could share it; set payment_channel_storage_type to etcd, or leave it false',
  },
  {
    key: 'heartbeat_endpoint',
    of: 'gate',
    reads: ['service_heartbeat_type'],
    fault: ({ heartbeat_endpoint: page, service_heartbeat_type: type }) =>
      (type === 'http' || type === 'https') &&
      page?.protocol.startsWith('http') !== true &&
      'heartbeat endpoint must be a valid URL; set heartbeat_endpoint to the http(s) page that tells how the service is',
  },
  { key: 'alerts_email', of: 'gate', reads: ['notification_endpoint'], fault: alertsFault },
  { key: 'metering_endpoint', of: 'payments', reads: ['metering_enabled'], fault: meteringFault },
  { key: 'private_key_for_metering', of: 'payments', reads: ['metering_enabled'], fault: meteringKeyFault },
  {
    key: 'ssl_client_ca',
    of: 'gate',
    reads: ['ssl_cert', 'auto_ssl_domain'],
    fault: ({ ssl_client_ca: ca, ssl_cert: cert, auto_ssl_domain: domain }) =>
      ca !== undefined &&
      cert === undefined &&
      domain === undefined &&
      'ssl_client_ca: clients show certificates over TLS only; set ssl_cert and ssl_key, or auto_ssl_domain, too',
  },
  {
    key: 'ssl_client_required',
    of: 'gate',
    reads: ['ssl_client_ca'],
    fault: ({ ssl_client_required: isRequired, ssl_client_ca: ca }) =>
      isRequired &&
      ca === undefined &&
      'ssl_client_required: there is nobody whose certificates would count; set ssl_client_ca, or leave it false',
  },
  {
    key: 'allowed_user_flag',
    of: 'gate',
    reads: ['blockchain_network_selected'],
    fault: ({ allowed_user_flag: flag, blockchain_network_selected: network }) =>
      flag &&
      network === 'main' &&
      'service cannot be restricted to certain users when set up against Ethereum mainnet,the flag allowed_user_flag is set to true; set it to false',
  },
  {
    key: 'allowed_user_addresses',
    of: 'gate',
    reads: ['allowed_user_flag'],
    fault: ({ allowed_user_flag: flag, allowed_user_addresses: addresses = [] }) =>
      flag &&
      addresses.length === 0 &&
      'a valid Address needs to be specified for the config allowed_user_addresses to ensure that, only these users can make calls; list them, or set allowed_user_flag to false',
  },
  {
    key: 'token_secret_key',
    of: 'payments',
    fault: ({ token_secret_key: secret }) =>
      secret !== undefined &&
      Buffer.byteLength(secret) < MIN_SECRET_BYTES &&
      'token_secret_key must be set to a value of at least 32 bytes when blockchain_enabled is true; leave it out, and one is made and kept in data_dir',
  },
  {
    key: 'token_secret_key',
    of: 'payments',
    reads: ['daemon_endpoint', 'allow_default_token_secret'],
    fault: ({ token_secret_key: secret, daemon_endpoint: { host }, allow_default_token_secret: allowed }) =>
      secret === PUBLIC_TOKEN_SECRET &&
      !isLoopback(host) &&
      !allowed &&
      'token_secret_key is the public default, with which anybody can make prepaid tokens; leave it out, or set allow_default_token_secret to true',
  },
  {
    key: 'payment_channel_storage_client',
    of: 'payments',
    fault: ({ payment_channel_storage_client: client }) =>
      (client?.username === undefined) !== (client?.password_file === undefined) &&
      'payment_channel_storage_client: username and password_file belong together; set both, or neither',
  },
  {
    key: 'payment_channel_cert_path',
    of: 'payments',
    reads: ['payment_channel_key_path'],
    fault: ({ payment_channel_cert_path: cert, payment_channel_key_path: key }) =>
      (cert === undefined) !== (key === undefined) &&
      `${cert === undefined ? 'payment_channel_cert_path' : 'payment_channel_key_path'}: etcd takes a certificate with its key; set it, or neither`,
  },
  {
    key: 'payment_channel_storage_server',
    of: 'payments',
    reads: ['payment_channel_cert_path', 'payment_channel_key_path', 'payment_channel_ca_path'],
    fault: (config) =>
      config.payment_channel_storage_server?.enabled === true &&
      config.payment_channel_storage_server.scheme === 'https' &&
      [config.payment_channel_cert_path, config.payment_channel_key_path, config.payment_channel_ca_path].includes(
        undefined,
      ) &&
      'payment_channel_storage_server: scheme https needs payment_channel_cert_path, payment_channel_key_path and payment_channel_ca_path',
  },
  {
    key: 'gate_enabled',
    reads: ['infra_enabled'],
    fault: ({ gate_enabled: gate, infra_enabled: infra }) =>
      !gate &&
      !infra &&
      'gate_enabled and infra_enabled are both false: there is nothing to serve; set one of them to true',
  },
  {
    key: 'infra_log_target',
    of: 'infra',
    fault: ({ infra_log_target: target }) =>
      target !== undefined &&
      !isLogTarget(target) &&
      'infra_log_target is a URL that logs cannot be uploaded to; expected a directory, a file ending in .tar.gz, file:///… of either, or http(s)://…',
  },
  {
    key: 'experimental',
    of: 'gate',
    fault: ({ experimental: { traffic_split: split } = {} }) =>
      split !== undefined &&
      split.grpc === split.http &&
      split.grpc !== 0 &&
      'experimental.traffic_split: grpc and http are the same port; name two, or leave it out, and one port serves both',
  },
  {
    key: 'daemon_type',
    of: 'gate',
    reads: ['experimental', 'allowed_user_flag', 'service_endpoint'],
    fault: (config) => config.daemon_type === 'http' && plainDaemonFault(config),
  },
]

/** Parts that these settings leave out. */
const partsSwitchedOff = ({
  gate_enabled: gate,
  blockchain_enabled: chain,
  daemon_type: type,
  infra_enabled: infra,
}: Switches): Record<'gate' | 'payments' | 'infra', boolean> => ({
  gate: !gate,
  payments: !gate || !chain || type === 'http',
  infra: !infra,
})

type Switches = Pick<DaemonConfig, 'gate_enabled' | 'blockchain_enabled' | 'daemon_type' | 'infra_enabled'>

const PAYMENT_KEYS: readonly string[] = [
  'organization_id',
  'service_id',
  'ethereum_json_rpc_http_endpoint',
  'registry_address_key',
] satisfies (keyof DaemonConfig)[]

/** The same settings, without asking for keys that only payments need where nothing is paid. */
export function withoutPaymentKeys<R extends Resolved<typeof daemonSchema>>(resolved: R): R {
  if (!partsSwitchedOff(resolved.config).payments) return resolved
  const isMissing = ({ key }: Problem): boolean => PAYMENT_KEYS.includes(key) && resolved.raws[key] === undefined
  return { ...resolved, problems: resolved.problems.filter((problem) => !isMissing(problem)) }
}

/** What is wrong between settings; keys that are `broken` by themselves are not judged again. */
export function crossCheck(
  { config, origins }: Pick<Resolved<typeof daemonSchema>, 'config' | 'origins'>,
  broken: ReadonlySet<string>,
): Problem[] {
  const off = partsSwitchedOff(config)
  return RULES.flatMap(({ key, reads = [], of, fault }) => {
    if (of !== undefined && off[of]) return []
    if ([key, ...reads].some((read) => broken.has(read))) return []
    const message = fault(config)
    if (!message) return []
    const written = [key, ...reads].map((one) => origins[one] as string).filter((origin) => origin !== 'default')
    return [{ key, message: `${message} (from ${[...new Set(written)].join(', ') || 'defaults'})` }]
  })
}

/** Things to know that do not keep the daemon from starting. */
export function cautions({ blockchain_network_selected: network, ...config }: DaemonConfig): string[] {
  const certificates =
    config.gate_enabled && config.auto_ssl_domain !== undefined && config.ssl_cert !== undefined
      ? ['ssl_cert and ssl_key are not used: auto_ssl_domain is set']
      : []
  const { traffic_split: _split, ...withoutEffect } = config.experimental ?? {}
  const ofPort = [
    ...certificates,
    ...(config.gate_enabled ? reportCautions(config, partsSwitchedOff(config)) : []),
    ...(config.gate_enabled && config.daemon_type === 'http'
      ? ['daemon_type is http: requests are NOT PAID, and everybody who can connect is served for nothing']
      : []),
    ...Object.keys(withoutEffect).map(
      (name) => `experimental.${name} has no effect: the port tells by itself what it is sent`,
    ),
  ]
  if (partsSwitchedOff(config).payments) return ofPort
  return [
    ...ofPort,
    ...(config.payment_channel_storage_type === undefined
      ? ['payment_channel_storage_type is not set: whether an etcd of the group answers is known at the start only']
      : []),
    ...(config.payment_channel_storage_server?.enabled && isOtherStore(config.payment_channel_storage_type)
      ? [
          `payment_channel_storage_server is not started: payment_channel_storage_type is "${config.payment_channel_storage_type}"`,
        ]
      : []),
    ...(NETWORKS[network] === undefined
      ? [
          `blockchain_network_selected "${withoutCredentials(network).slice(0, 60)}" is not one of ${Object.keys(NETWORKS).join(', ')}: it is taken for a network of your own, and the chain id of its node is not checked`,
        ]
      : []),
    ...(config.token_secret_key === PUBLIC_TOKEN_SECRET
      ? ['token_secret_key is the public default: anybody can make prepaid tokens']
      : []),
  ]
}

const isOtherStore = (type: DaemonConfig['payment_channel_storage_type']): boolean =>
  type !== undefined && type !== 'etcd'

/** A path is one as it stands; a URL has to be of a scheme that is served, and whole. */
function isLogTarget(target: string): boolean {
  const [, scheme] = /^([a-z][a-z0-9+.-]+):/i.exec(target) ?? []
  if (scheme === undefined) return true
  const parsed = URL.canParse(target) ? new URL(target) : undefined
  // A file URL with a host would name a file of another machine.
  return ['http:', 'https:'].includes(parsed?.protocol ?? '') || (parsed?.protocol === 'file:' && parsed.host === '')
}
