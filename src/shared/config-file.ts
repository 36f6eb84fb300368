import { cosmiconfig } from 'cosmiconfig'
import { parse as parseToml } from 'smol-toml'
import { messageOf, SnetError } from './errors.js'

export interface ConfigFile {
  readonly path: string
  /** Keys in lower case, as the reference compares them. */
  readonly values: Readonly<Record<string, unknown>>
}

/** A config file is data: one that a program would execute is refused. */
const refuseCode = (path: string): never => {
  throw new Error(`${path} is code`)
}

/**
 * Reads the file at `path`, or looks for `snetd.config.*` in `directory`; JSON, YAML or TOML by its ending. Undefined
 * when none was named and none is there. Error: `invalid-config`.
 */
export async function readConfigFile(
  at: { readonly path: string } | { readonly directory: string },
): Promise<ConfigFile | undefined> {
  let where = 'path' in at ? at.path : at.directory
  const parsed =
    (parse: (content: string) => unknown) =>
    (path: string, content: string): unknown => {
      where = path
      return parse(content)
    }
  const explorer = cosmiconfig('snetd', {
    cache: false,
    searchPlaces: ['json', 'yaml', 'yml', 'toml'].map((ending) => `snetd.config.${ending}`),
    loaders: {
      '.json': parsed(JSON.parse),
      '.toml': parsed(parseToml),
      '.js': refuseCode,
      '.mjs': refuseCode,
      '.cjs': refuseCode,
      '.ts': refuseCode,
    },
  })
  try {
    const found = 'path' in at ? await explorer.load(at.path) : await explorer.search(at.directory)
    return found ? { path: found.filepath, values: requireObject(found.config ?? {}) } : undefined
  } catch (cause) {
    throw new SnetError('invalid-config', `cannot read the config file ${where}: ${messageOf(cause)}`, {
      hint: 'The file is JSON, YAML or TOML by its ending; -c names another one.',
      cause,
    })
  }
}

function requireObject(config: unknown): Record<string, unknown> {
  if (typeof config !== 'object' || config === null || Array.isArray(config))
    throw new Error('it holds no object of settings')
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key.toLowerCase(), value as unknown]))
}
