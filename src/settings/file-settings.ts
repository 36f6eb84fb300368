import { dirname } from 'node:path'
import { SnetError } from '../shared/errors.js'
import { readConfigFile } from './config-file.js'
import { type DaemonConfig, daemonSchema } from './daemon-schema.js'
import { resolveConfig } from './engine.js'
import { readSecretFiles } from './secret-files.js'
import { networkTable } from './sources.js'

type Key = keyof DaemonConfig

/** Some settings of a daemon, read from its config file alone. */
export interface FileSettings<K extends Key> {
  /** Absolute path of the file. */
  readonly path: string
  readonly config: Pick<DaemonConfig, K>
  /** As written, or the default; undefined where a key is unset. */
  readonly raws: Readonly<Record<K, unknown>>
}

/**
 * Reads these settings as the daemon of that file would, with its defaults and deprecated spellings. Undefined when no
 * file was named and none is there. Error: `invalid-config` when the file, or one of these settings, is wrong.
 */
export async function readFileSettings<K extends Key>(
  at: { readonly path: string } | { readonly directory: string },
  keys: readonly K[],
): Promise<FileSettings<K> | undefined> {
  const file = await readConfigFile(at)
  if (!file) return undefined
  const written = { origin: () => file.path, values: file.values }
  const { blockchain_network_selected } = daemonSchema
  const network = resolveConfig({ blockchain_network_selected }, [written]).config.blockchain_network_selected
  const schema = Object.fromEntries(keys.map((key) => [key, makeOptional(key)])) as Pick<typeof daemonSchema, K>
  const secrets = await readSecretFiles(schema, [written], { env: {}, baseOf: () => dirname(file.path) })
  const { config, raws, ...resolved } = resolveConfig(schema, [...secrets.sources, networkTable(network)])
  const problems = [...secrets.problems, ...resolved.problems]
  if (problems.length > 0) {
    throw new SnetError('invalid-config', problems.map(({ message }) => message).join('\n'), {
      hint: '"config validate" checks all settings.',
    })
  }
  return { path: file.path, config: config as unknown as Pick<DaemonConfig, K>, raws }
}

/** Lets a key that the daemon requires be unset: the reader of the file asks for other keys. */
function makeOptional(key: Key): (typeof daemonSchema)[Key] {
  const { required: _, ...field } = daemonSchema[key]
  return field
}
