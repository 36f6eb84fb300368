import { dirname, resolve } from 'node:path'
import { readConfigFile } from '../shared/config-file.js'
import { DEFAULT_DATA_DIR } from '../shared/control-socket.js'
import { SnetError } from '../shared/errors.js'
import { duration, hostPort, optional, path, text } from '../shared/fields.js'
import { resolveConfig } from '../shared/schema.js'

/** What a service manager has to know of a daemon's settings. Paths are absolute. */
export interface ServiceSettings {
  readonly config: string
  readonly dataDir: string
  readonly writable: readonly string[]
  readonly drainMs: number
  readonly needsLowPort: boolean
}

const endpoint = (was?: string) => optional(hostPort({ doc: '', ...(was !== undefined && { was: [was] }) }))
const schema = {
  data_dir: optional(path({ doc: '' })),
  drain_timeout: duration({ default: '10s', doc: '' }),
  infra_log_target: optional(text({ doc: '' })),
  daemon_endpoint: endpoint('daemon_end_point'),
  infra_endpoint: endpoint(),
}

/** Error: `invalid-config` where there is no config file, or what is needed of it is wrong. */
export async function readServiceSettings(file: string | undefined, cwd: string): Promise<ServiceSettings> {
  const found = await readConfigFile(file === undefined ? { directory: cwd } : { path: resolve(cwd, file) })
  if (!found)
    throw new SnetError('invalid-config', `there is no config file in ${cwd}`, {
      hint: '-c names one; "init" writes a first one.',
    })
  const { config, problems } = resolveConfig(schema, [{ origin: () => found.path, values: found.values }])
  if (problems.length > 0)
    throw new SnetError('invalid-config', problems.map(({ message }) => message).join('\n'), {
      hint: '"config validate" checks all settings.',
    })
  const directory = dirname(found.path)
  const target = config.infra_log_target
  return {
    config: found.path,
    dataDir: resolve(directory, config.data_dir ?? DEFAULT_DATA_DIR),
    // The daemon is started in the directory of its config file, from where its other paths count.
    writable: target === undefined || /^https?:/i.test(target) ? [] : [logDirectory(resolve(directory, target))],
    drainMs: config.drain_timeout,
    needsLowPort: [config.daemon_endpoint, config.infra_endpoint].some((at) => at && at.port > 0 && at.port < 1024),
  }
}

const logDirectory = (target: string): string => (target.endsWith('.tar.gz') ? dirname(target) : target)
