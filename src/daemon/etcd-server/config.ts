import { SnetError } from '../../shared/errors.js'
import { hostPortText, withoutBrackets } from '../../shared/host-port.js'

/** A member of etcd that belongs to this daemon. Paths are absolute. */
export interface EtcdServerConfig {
  /** The etcd to start: a name to look for on the PATH, or a path. */
  readonly program: string
  readonly id: string
  readonly scheme: 'http' | 'https'
  readonly host: string
  readonly clientPort: number
  readonly peerPort: number
  readonly token: string
  /** All members as `ID=URL`, separated by commas. */
  readonly cluster: string
  readonly startupTimeoutMs: number
  readonly dataDir: string
  readonly logLevel: string
  readonly logOutputs: readonly string[]
  /** Paths of what members and their clients prove themselves by; undefined with http. */
  readonly tls: EtcdFiles | undefined
  /** Where the process is remembered, for the start after a kill. */
  readonly pidFile: string
}

export interface EtcdFiles {
  readonly certFile: string
  readonly keyFile: string
  readonly caFile: string
}

/** Names that etcd has for its own streams and for the system's journal: what goes there is the daemon's to pass on. */
const STREAMS = ['default', 'stdout', 'stderr', 'systemd/journal']

/** Whether the whole log of etcd goes into the daemon's; otherwise its files have it, and the daemon tells of trouble. */
export const isToldWhole = ({ logOutputs }: EtcdServerConfig): boolean =>
  logOutputs.some((output) => STREAMS.includes(output))

/** Where a client on this host finds it. */
export const ownUrl = ({ scheme, host, clientPort: port }: EtcdServerConfig): string =>
  `${scheme}://${hostPortText({ host: EVERY_INTERFACE[host] ?? host, port })}`

const EVERY_INTERFACE: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' }

/** The command line of `etcd`. Error: `invalid-config` when the cluster does not name this member. */
export function argumentsOf(config: EtcdServerConfig): string[] {
  const { id, scheme, host, clientPort, peerPort, tls } = config
  const peerUrl = peerUrlOf(config)
  const seenAs = host in EVERY_INTERFACE ? withoutBrackets(new URL(peerUrl).hostname) : host
  const files = config.logOutputs.filter((output) => !STREAMS.includes(output))
  return [
    ...['--name', id, '--data-dir', config.dataDir],
    ...['--listen-client-urls', `${scheme}://${hostPortText({ host, port: clientPort })}`],
    ...['--advertise-client-urls', `${scheme}://${hostPortText({ host: seenAs, port: clientPort })}`],
    ...['--listen-peer-urls', `${scheme}://${hostPortText({ host, port: peerPort })}`],
    ...['--initial-advertise-peer-urls', peerUrl],
    ...['--initial-cluster', config.cluster, '--initial-cluster-token', config.token],
    ...[
      '--logger',
      'zap',
      '--log-level',
      config.logLevel.toLowerCase(),
      '--log-outputs',
      ['stderr', ...files].join(','),
    ],
    // Every payment is a revision: kept for ever, they fill the 2 GiB after which etcd takes no more writes.
    ...['--auto-compaction-mode', 'periodic', '--auto-compaction-retention', '1h'],
    ...(tls ? tlsArguments(tls) : []),
  ]
}

/** As the other members know it. */
function peerUrlOf({ id, cluster }: EtcdServerConfig): string {
  const urls = cluster.split(',').flatMap((entry) => {
    const [name, url = ''] = entry.trim().split('=')
    return name === id && URL.canParse(url) ? [url] : []
  })
  const [url] = urls
  if (url !== undefined) return url
  throw new SnetError(
    'invalid-config',
    `payment_channel_storage_server: cluster does not name this member: expected ${id}=URL among "${cluster}"`,
    { hint: 'List every member with the URL of its peer_port, for example storage-1=http://10.0.0.1:2380.' },
  )
}

const tlsArguments = ({ certFile, keyFile, caFile }: EtcdFiles): string[] =>
  ['', 'peer-'].flatMap((side) => [
    ...[`--${side}cert-file`, certFile, `--${side}key-file`, keyFile],
    ...[`--${side}trusted-ca-file`, caFile, `--${side}client-cert-auth`],
  ])
