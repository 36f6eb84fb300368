import { dirname, resolve } from 'node:path'
import { SnetError } from '../../shared/errors.js'

/** What a service manager has to know of a daemon's settings. Paths are absolute. */
export interface ServiceSettings {
  readonly config: string
  readonly dataDir: string
  readonly writable: readonly string[]
  /** From the signal until the last call has ended or was cut. */
  readonly stopMs: number
  readonly startMs: number
  readonly needsLowPort: boolean
}

/** Error: `invalid-config` where there is no config file, or what is needed of it is wrong. */
export async function readServiceSettings(file: string | undefined, cwd: string): Promise<ServiceSettings> {
  const { dataDirOf, readFileSettings } = await import('../../settings/index.js')
  const found = await readFileSettings(file === undefined ? { directory: cwd } : { path: resolve(cwd, file) }, [
    'data_dir',
    'shutdown_delay',
    'drain_timeout',
    'startup_timeout',
    'payment_channel_storage_server',
    'infra_log_target',
    'daemon_endpoint',
    'infra_endpoint',
  ])
  if (!found)
    throw new SnetError('invalid-config', `there is no config file in ${cwd}`, {
      hint: 'Name one with -c, or write one with "init".',
    })
  const { config, path } = found
  const { infra_log_target: target, payment_channel_storage_server: server } = config
  return {
    config: path,
    dataDir: dataDirOf(config.data_dir, { file: path, cwd }),
    // The daemon is started in the directory of its config file, from where its other paths count.
    writable: target === undefined || /^https?:/i.test(target) ? [] : [logDirectory(resolve(dirname(path), target))],
    stopMs: config.shutdown_delay + config.drain_timeout,
    // An etcd of its own is waited for first.
    startMs: config.startup_timeout + (server?.enabled ? server.startup_timeout : 0),
    needsLowPort: [config.daemon_endpoint, config.infra_endpoint].some((at) => at && at.port > 0 && at.port < 1024),
  }
}

const logDirectory = (target: string): string => (target.endsWith('.tar.gz') ? dirname(target) : target)
