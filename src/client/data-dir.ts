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

/**
 * Socket of the daemon that the flags, the variable SNET_DATA_DIR or the config file mean, in this order.
 *
 * @param onNothing called when none of them says anything, before the default place is taken
 */
export async function resolveControlSocket(
  flags: { readonly config?: string | undefined; readonly 'data-dir'?: string | undefined },
  { env, cwd, onNothing }: { env: Readonly<Record<string, string | undefined>>; cwd: string; onNothing?: () => void },
): Promise<string> {
  const given = flags['data-dir'] ?? (env['SNET_DATA_DIR'] || undefined)
  if (given !== undefined) return await controlSocketOf(resolve(cwd, given))
  const { dataDirOf, readFileSettings } = await import('../settings/index.js')
  const at = flags.config === undefined ? { directory: cwd } : { path: resolve(cwd, flags.config) }
  const found = await readFileSettings(at, ['data_dir'])
  if (!found && !Object.keys(env).some((name) => name.startsWith('SNET_') && env[name])) onNothing?.()
  return await controlSocketOf(dataDirOf(found?.config.data_dir, { file: found?.path, cwd }))
}
