import { hostname } from 'node:os'
import { resolve } from 'node:path'
import type { DaemonConfig, LoadedConfig } from '../settings/index.js'
import type { Lifecycle } from '../shared/lifecycle.js'
import { packageVersion } from '../shared/package.js'
import { openLogHooks } from './log-hooks/index.js'
import { type LogConfig, type OpenLog, openLog } from './observability/index.js'

/** The log, and behind it those who are told of its lines: they hear of all parts that are closed before them. */
export async function openLogs(
  { config, logHooks, env }: Pick<LoadedConfig, 'config' | 'logHooks' | 'env'>,
  life: Lifecycle,
): Promise<OpenLog> {
  const log = await life.own('log', openLog(logConfig(config)))
  await life.own('log hooks', openLogHooks(logHooks, { log, identity: identityOf(config), env }))
  return log
}

const DAY_MS = 86_400_000

/** Relative paths count from where the daemon runs, as in the reference. */
const logConfig = ({ log }: DaemonConfig): LogConfig => ({
  ...log,
  file: {
    pattern: resolve(log.file.pattern),
    currentLink: log.file.currentLink === undefined ? undefined : resolve(log.file.currentLink),
    maxBytes: log.file.maxMegabytes * 1024 * 1024,
    maxAgeMs: log.file.maxDays * DAY_MS,
    maxCount: log.file.maxCount,
  },
})

/** Keys of a gate that is off are unset. */
const identityOf = (config: DaemonConfig) => ({
  organization: config.organization_id ?? '',
  service: config.service_id ?? '',
  network: config.blockchain_network_selected,
  version: packageVersion(),
  host: hostname(),
})
