import { resolve } from 'node:path'
import { Flags } from '@oclif/core'
import { controlSocketOf } from '../shared/control-socket.js'
import { configFlag } from './config-flag.js'

/** Flags of every command that talks to a daemon on this host. */
export const daemonFlags = {
  config: configFlag,
  'data-dir': Flags.string({
    summary: 'Data directory of the daemon; by default the one in the config file.',
    helpValue: 'DIR',
  }),
}

interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** Called when nothing says which directory, before the default place is taken. */
  readonly onNothing?: () => void
}

export interface DaemonFlags {
  readonly config?: string | undefined
  readonly 'data-dir'?: string | undefined
}

/** Socket of the daemon that the flags, the variable SNET_DATA_DIR or the config file mean, in this order. */
export const resolveControlSocket = async (flags: DaemonFlags, around: Surroundings): Promise<string> =>
  await controlSocketOf(await resolveDataDir(flags, around))

/** Its data directory. */
export async function resolveDataDir(flags: DaemonFlags, { env, cwd, onNothing }: Surroundings): Promise<string> {
  const given = flags['data-dir'] ?? (env['SNET_DATA_DIR'] || undefined)
  if (given !== undefined) return resolve(cwd, given)
  const { dataDirOf, readFileSettings } = await import('../settings/index.js')
  const at = flags.config === undefined ? { directory: cwd } : { path: resolve(cwd, flags.config) }
  const found = await readFileSettings(at, ['data_dir'])
  if (!found && !Object.keys(env).some((name) => name.startsWith('SNET_') && env[name])) onNothing?.()
  return dataDirOf(found?.config.data_dir, { file: found?.path, cwd })
}
