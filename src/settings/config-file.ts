import { defaultLoaders, type Loader, type Options, type PublicExplorer } from 'cosmiconfig'
import { Explorer } from 'cosmiconfig/dist/Explorer.js'
import { parse as parseToml } from 'smol-toml'
import { messageOf, SnetError } from '../shared/errors.js'
import { isObject } from '../shared/is-object.js'

declare module 'cosmiconfig/dist/Explorer.js' {
  /** The package has no types for it. */
  class Explorer {
    constructor(options: Options & { readonly moduleName: string })
    search: PublicExplorer['search']
    load: PublicExplorer['load']
  }
}

export interface ConfigFile {
  readonly path: string
  /** Names in lower case, as the reference compares them. */
  readonly values: Readonly<Record<string, unknown>>
}

const ENDINGS = ['json', 'yaml', 'yml', 'toml'] as const

/** A config file is data, by its ending: one that a program would execute is refused. Error: `invalid-config`. */
export function requireConfigEnding(path: string): void {
  if (ENDINGS.some((ending) => path.endsWith(`.${ending}`))) return
  throw new SnetError('invalid-config', `${path} is no config file: its name has to end with .${ENDINGS.join(', .')}`, {
    hint: '-c names another file.',
  })
}

/**
 * Reads the file at `path`, or looks for `snetd.config.*` in `directory`; JSON, YAML or TOML by its ending. Undefined
 * when none was named and none is there. Error: `invalid-config`.
 */
export async function readConfigFile(
  at: { readonly path: string } | { readonly directory: string },
): Promise<ConfigFile | undefined> {
  if ('path' in at) requireConfigEnding(at.path)
  let where = 'path' in at ? at.path : at.directory
  const parsed =
    (parse: (content: string) => unknown) =>
    (path: string, content: string): unknown => {
      where = path
      return parse(content)
    }
  const loadYaml = defaultLoaders['.yaml']
  const loaders: Record<`.${(typeof ENDINGS)[number]}`, Loader> = {
    '.json': parsed(JSON.parse),
    '.yaml': loadYaml,
    '.yml': loadYaml,
    '.toml': parsed(parseToml),
  }
  // The explorer itself, because cosmiconfig() first runs a `.config/config.js` of the working directory, if there is
  // one, whatever loaders it is given, and gets loaders for code beside ours.
  const explorer = new Explorer({
    moduleName: 'snetd',
    searchPlaces: ENDINGS.map((ending) => `snetd.config.${ending}`),
    loaders,
    cache: false,
    searchStrategy: 'none',
    ignoreEmptySearchPlaces: true,
    mergeImportArrays: true,
    mergeSearchPlaces: false,
    transform: (result) => result,
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
  if (!isObject(config)) throw new Error('it holds no object of settings')
  return lowerCased(config)
}

/**
 * Names at every depth in lower case, and `log.level` as `level` within `log`: the reference reads them so. Later
 * spellings of one name win.
 */
function lowerCased(values: Record<string, unknown>): Record<string, unknown> {
  const result = Object.create(null) as Record<string, unknown>
  for (const [name, value] of Object.entries(values)) {
    const [first = '', ...rest] = name.toLowerCase().split('.')
    const nested = rest.reduceRight<unknown>((inner, part) => ({ [part]: inner }), inLowerCase(value))
    const known = result[first]
    result[first] = isObject(known) && isObject(nested) ? merged(known, nested) : nested
  }
  return result
}

function inLowerCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inLowerCase)
  return isObject(value) ? lowerCased(value) : value
}

function merged(a: Record<string, unknown>, b: Record<string, unknown>): Record<string, unknown> {
  const result: Record<string, unknown> = { ...a }
  for (const [name, value] of Object.entries(b)) {
    const known = result[name]
    result[name] = isObject(known) && isObject(value) ? merged(known, value) : value
  }
  return result
}
