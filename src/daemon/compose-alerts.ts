import type { DaemonConfig } from '../settings/index.js'
import type { Lifecycle } from '../shared/lifecycle.js'
import { alertBody, alertPost, daemonId, type ReportedTrouble, type ReportingDaemon } from '../shared/wire/index.js'
import { Alerts, type ExpiringMoney, seldom, watchDisk, watchMoney } from './alerts/index.js'
import { POST_PAUSES, POST_TIMEOUT_MS, type Reports, signedHeaders } from './compose-reports.js'
import type { DataDir } from './data-dir/index.js'
import type { Health, Log } from './observability/index.js'
import { Outbox } from './outbox/index.js'

export interface AlertsDeps {
  readonly life: Lifecycle
  readonly log: Log
  readonly health: Pick<Health, 'check'>
  readonly dataDir: DataDir
  readonly signal: AbortSignal
  readonly reports: Reports
  readonly daemon: ReportingDaemon
  readonly newestBlock: () => bigint
  /** Whom alerts go to now. */
  readonly recipient: () => string | undefined
  /** What is lost if it is not claimed within so many blocks; undefined without payment. */
  readonly expiring: ((blocks: number) => Promise<ExpiringMoney>) | undefined
}

/** What is seen at two looks in a row is told; what comes and goes, once in ten minutes. */
const PATIENCE = { lookMs: 2_000, looks: 2, gapMs: 600_000 }
/** It goes through all that is kept, of what expires within hours. */
const MONEY_EVERY_MS = 300_000
const MAX_ALERTS = 1_000

/** Has the operator told of what has to be seen to: in the log, and by mail where a service is named that writes it. */
export async function openAlerts(config: DaemonConfig, deps: AlertsDeps): Promise<void> {
  const { life, log, health, dataDir, reports, recipient, expiring, signal } = deps
  const { alert_expiring_blocks: blocks, alert_free_disk_in_mb: minFree } = config
  const outbox = await openOutbox(config, deps)
  const money =
    expiring && blocks > 0
      ? [
          seldom(
            watchMoney(blocks, () => expiring(blocks)),
            MONEY_EVERY_MS,
          ),
        ]
      : []
  await life.own(
    'alerts',
    new Alerts(PATIENCE, {
      ...{ log, health },
      watches: [watchDisk(dataDir.path, minFree), ...money],
      recipient: () => (outbox ? recipient() : undefined),
      tell: (trouble) => outbox?.add(JSON.stringify(trouble)),
      notes: reports.store?.notes('alerts'),
      isStopping: () => signal.aborted,
    }),
  )
}

/** Undefined where alerts cannot be posted. */
async function openOutbox(config: DaemonConfig, deps: AlertsDeps): Promise<Outbox | undefined> {
  const { notification_endpoint: endpoint, private_key_for_metering: key } = config
  const { life, log, reports, daemon, newestBlock, recipient } = deps
  if (!reports.store || !endpoint || key === undefined) return undefined
  const id = daemonId(daemon)
  // Alerts are of the service, whoever its group is (snet-wire 8.3).
  const headersFor = signedHeaders(key, { ...daemon, group: '' }, newestBlock)
  const address = (text: string) => {
    const to = recipient()
    if (to === undefined) return undefined
    const body = alertBody(JSON.parse(text) as ReportedTrouble, { id, recipient: to })
    return alertPost({ endpoint, id }, headersFor(''), body)
  }
  const outbox = await life.own(
    'outbox of alerts',
    new Outbox(
      { name: 'alerts', maxLetters: MAX_ALERTS, timeoutMs: POST_TIMEOUT_MS, pauses: POST_PAUSES },
      { letters: reports.store.letters('alerts'), log, address },
    ),
  )
  reports.queues.set('alerts', outbox)
  return outbox
}
