import { meteringMessage, signMessage } from '../ethereum/index.js'
import type { DaemonConfig } from '../settings/index.js'
import { SnetError } from '../shared/errors.js'
import type { Lifecycle } from '../shared/lifecycle.js'
import { packageVersion } from '../shared/package.js'
import { daemonId, reportHeaders, type ReportingDaemon, verifyRequest } from '../shared/wire/index.js'
import type { DataDir } from './data-dir/index.js'
import { Metering, verifyMetering } from './metering/index.js'
import type { Health, Log, Metrics } from './observability/index.js'
import { openOutboxStore, openSender, Outbox, type OutboxFigures, type OutboxStore } from './outbox/index.js'

/** What the daemon tells others over HTTP, and what becomes of it. */
export interface Reports {
  /** Undefined where nobody is told anything. */
  readonly store: OutboxStore | undefined
  /** By their names; those that are not used are absent. */
  readonly queues: Map<QueueName, Outbox>
}

const QUEUES = ['metering', 'alerts'] as const
export type QueueName = (typeof QUEUES)[number]

export interface ReportsDeps {
  readonly life: Lifecycle
  readonly log: Log
  readonly metrics: Metrics
  readonly dataDir: DataDir
}

/** The store of what is not told yet: it closes after all who add to it. Error: `storage-failed`. */
export async function openReports(
  config: DaemonConfig,
  { life, log, metrics, dataDir }: ReportsDeps,
): Promise<Reports> {
  const isWanted = config.notification_endpoint !== undefined || isMetered(config)
  const store = isWanted ? await life.own('outbox', openOutboxStore(dataDir.path, { log })) : undefined
  const reports: Reports = { store, queues: new Map() }
  measureReports(metrics, reports)
  return reports
}

/** The figures of each queue, zero for those that are not used. */
function reportFigures({ queues }: Reports): { readonly name: QueueName; readonly figures: OutboxFigures }[] {
  return QUEUES.map((name) => ({ name, figures: queues.get(name)?.figures ?? NOTHING }))
}

/** What `status` tells of those that are used. */
export const reportsView = ({ queues }: Reports) =>
  [...queues].map(([name, outbox]) => ({ name, ...outbox.figures, trouble: outbox.trouble }))

const NOTHING: OutboxFigures = { waiting: 0, posted: 0, failed: 0, dropped: 0 }

function measureReports(metrics: Metrics, reports: Reports): void {
  const samples = (figure: keyof OutboxFigures) => () =>
    reportFigures(reports).map(({ name, figures }) => [figures[figure], name] as const)
  const labels = ['queue']
  metrics.gauge(
    { name: 'snetd_reports_waiting', help: 'Reports of usage, and alerts, that wait to be taken.', labels },
    samples('waiting'),
  )
  metrics.total(
    { name: 'snetd_reports_posted_total', help: 'Those that were taken since the start.', labels },
    samples('posted'),
  )
  metrics.total(
    { name: 'snetd_reports_failed_total', help: 'Attempts that failed; each is made again.', labels },
    samples('failed'),
  )
  metrics.total(
    {
      name: 'snetd_reports_dropped_total',
      help: 'Those that nobody will be told of: too many waited, or they were refused.',
      labels,
    },
    samples('dropped'),
  )
}

export const isMetered = (config: DaemonConfig): boolean => config.metering_enabled && config.blockchain_enabled

/** Signs for one daemon, as of the newest block that was seen. */
export const signedHeaders =
  (key: string, daemon: ReportingDaemon, newestBlock: () => bigint) =>
  (userName: string): Record<string, string> => {
    const block = newestBlock()
    const author = { userName, organization: daemon.organization, service: daemon.service, group: daemon.group }
    const signature = signMessage(Buffer.from(key, 'hex'), meteringMessage(author, block))
    // Daemons sign with v as 0 or 1.
    signature[V_AT] = (signature[V_AT] as number) - 27
    return reportHeaders(author, { block, signature })
  }

const V_AT = 64

export interface MeteringDeps {
  readonly life: Lifecycle
  readonly log: Log
  readonly health: Pick<Health, 'watch'>
  readonly reports: Reports
  readonly daemon: ReportingDaemon
  readonly newestBlock: () => bigint
}

/** Undefined where nothing is metered. Error: `invalid-config` when the metering service knows nothing of our key. */
export async function openMetering(config: DaemonConfig, deps: MeteringDeps): Promise<Metering | undefined> {
  const { metering_endpoint: endpoint } = config
  const { life, log, health, reports, daemon } = deps
  if (!isMetered(config) || !reports.store || !endpoint) return undefined
  await checkMetering(config, deps).catch((fault: unknown) => {
    if (!(fault instanceof SnetError) || fault.kind !== 'unavailable') throw fault
    log.warn('metering: whether reports are taken is not known yet; they are kept until they are', {
      reason: fault.message,
    })
  })
  const metering = new Metering(
    {
      endpoint,
      daemon,
      id: daemonId(daemon),
      // Providers of nodes have keys in their paths.
      rpc: config.ethereum_json_rpc_http_endpoint[0].origin,
      version: `v${packageVersion()}`,
    },
    {
      add: (text, how) => outbox.add(text, how),
      headersFor: signedHeaders(config.private_key_for_metering ?? '', daemon, deps.newestBlock),
    },
  )
  const outbox = await life.own(
    'metering',
    new Outbox(
      { name: 'metering', maxLetters: config.metering_queue_size, timeoutMs: POST_TIMEOUT_MS, pauses: POST_PAUSES },
      { letters: reports.store.letters('metering'), log, address: (text) => metering.address(text) },
    ),
  )
  reports.queues.set('metering', outbox)
  health.watch('metering', () => outbox.health())
  return metering
}

/** Asks the metering service whether it takes reports. Errors: `invalid-config`, `unavailable`. */
export async function checkMetering(
  config: DaemonConfig,
  { daemon, newestBlock }: Pick<MeteringDeps, 'daemon' | 'newestBlock'>,
): Promise<void> {
  const { metering_endpoint: endpoint, private_key_for_metering: key } = config
  if (!endpoint || key === undefined) return
  await using sender = openSender({ timeoutMs: VERIFY_TIMEOUT_MS })
  const headers = signedHeaders(key, daemon, newestBlock)(daemonId(daemon))
  const never = new AbortController().signal
  await verifyMetering(verifyRequest(endpoint, headers), (request) => sender.send(request, never))
}

const VERIFY_TIMEOUT_MS = 5_000
export const POST_TIMEOUT_MS = 10_000
export const POST_PAUSES = { firstMs: 500, longestMs: 60_000 }
