import { isDeepStrictEqual } from 'node:util'
import { SnetError } from '../shared/errors.js'
import type { DaemonConfig } from './daemon-schema.js'
import type { FoundSettings, LoadedConfig } from './load.js'
import { crossCheck } from './rules.js'
import { withLevel } from './updates.js'

/** What counts at once when it is found changed; of `log` its level. All else is read at the start alone. */
const LIVE_KEYS = [
  'log',
  'rate_limit_per_minute',
  'burst_size',
  'rate_limit_per_client_per_minute',
  'rate_limit_per_payer_per_minute',
  'rate_limits',
  'allowed_user_addresses',
  'authentication_addresses',
  'metrics_hosts',
  'alerts_email',
  'ssl_cert',
  'ssl_key',
  'shutdown_delay',
  'drain_timeout',
] as const satisfies readonly (keyof DaemonConfig)[]

export const isLiveKey = (key: string): boolean => (LIVE_KEYS as readonly string[]).includes(key)

/** What has come of settings that were read again. */
export interface Reloaded {
  readonly next: LoadedConfig
  /** What counts from now on, and did not before. */
  readonly changed: readonly string[]
}

/**
 * The running settings with what of the found ones counts at once, all of it or none. Error: `invalid-config` with every
 * problem, a line each; also where what counts at once does not go with what waits for a restart.
 */
export function reloadSettings(running: LoadedConfig, found: FoundSettings): Reloaded {
  refuse(found.problems)
  const next = LIVE_KEYS.filter((key) => mayReplace(key, running, found)).reduce(
    (now, key) => (key === 'log' ? withFoundLevel(now, found) : withFoundKey(now, found, key)),
    { ...running, updates: found.updates, warnings: found.warnings },
  )
  refuse(crossCheck(next, new Set()))
  return { next, changed: LIVE_KEYS.filter((key) => !isDeepStrictEqual(next.config[key], running.config[key])) }
}

/** What was changed and does not count: with what the start had for what is read at the start alone. */
export const waitingKeys = (started: LoadedConfig, running: LoadedConfig, found: FoundSettings): string[] =>
  Object.keys(found.raws).filter((key) => differs(found.raws[key], (isLiveKey(key) ? running : started).raws[key]))

const differs = (one: unknown, other: unknown): boolean => JSON.stringify(one) !== JSON.stringify(other)

/** Whether the port speaks TLS with a certificate in files is decided at the start; which files, is not. */
function mayReplace(key: (typeof LIVE_KEYS)[number], running: LoadedConfig, found: FoundSettings): boolean {
  if (key !== 'ssl_cert' && key !== 'ssl_key') return true
  return running.tls?.from.kind === 'files' && found.tls?.from.kind === 'files'
}

function withFoundKey(now: LoadedConfig, found: FoundSettings, key: keyof DaemonConfig): LoadedConfig {
  const isOfTls = key === 'ssl_cert' || key === 'ssl_key'
  return {
    ...now,
    config: { ...now.config, [key]: found.config[key] },
    raws: { ...now.raws, [key]: found.raws[key] },
    origins: { ...now.origins, [key]: found.origins[key] as string },
    ...(isOfTls && now.tls && found.tls && { tls: { ...now.tls, from: found.tls.from } }),
  }
}

/** Where something else of `log` has changed, what was written of it waits as a whole. */
function withFoundLevel(now: LoadedConfig, found: FoundSettings): LoadedConfig {
  const { level } = found.config.log
  const log = { ...now.config.log, level }
  const isLevelAlone = isDeepStrictEqual(log, found.config.log)
  return {
    ...now,
    config: { ...now.config, log },
    raws: { ...now.raws, log: isLevelAlone ? found.raws['log'] : withLevel(now.raws['log'], level) },
    origins: { ...now.origins, log: found.origins['log'] as string },
  }
}

function refuse(problems: FoundSettings['problems']): void {
  if (problems.length === 0) return
  throw new SnetError('invalid-config', problems.map(({ message }) => message).join('\n'))
}
