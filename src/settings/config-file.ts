import { type Loader, type Options, type PublicExplorer } from 'cosmiconfig'
import { Explorer } from 'cosmiconfig/dist/Explorer.js'
import { parse as parseToml } from 'smol-toml'
import { messageOf, SnetError } from '../shared/errors.js'
import { isObject } from '../shared/is-object.js'
import { parseJson, findRepeatedNames } from './json-text.js'
import { parseYaml } from './yaml-text.js'

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
  /** Names that stand twice in it, in one spelling or in two: only the last counts. */
  readonly warnings: readonly string[]
}

const ENDINGS = ['json', 'yaml', 'yml', 'toml'] as const

/** A config file is data, by its ending: one that a program would execute is refused. Error: `invalid-config`. */
export function requireConfigEnding(path: string): void {
  if (ENDINGS.some((ending) => path.endsWith(`.${ending}`))) return
  throw new SnetError(
    'invalid-config',
    `${path} is not a config file: its name has to end with .${ENDINGS.join(', .')}`,
    {
      hint: '-c names another file.',
    },
  )
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
  const asText: Loader = (path, content) => {
    where = path
    return { content }
  }
  // The explorer itself, because cosmiconfig() first runs a `.config/config.js` of the working directory, if there is
  // one, whatever loaders it is given, and gets loaders for code beside ours.
  const explorer = new Explorer({
    moduleName: 'snetd',
    searchPlaces: ENDINGS.map((ending) => `snetd.config.${ending}`),
    loaders: Object.fromEntries(ENDINGS.map((ending) => [`.${ending}`, asText])),
    cache: false,
    searchStrategy: 'none',
    ignoreEmptySearchPlaces: true,
    mergeImportArrays: true,
    mergeSearchPlaces: false,
    transform: (result) => result,
  })
  try {
    const found = 'path' in at ? await explorer.load(at.path) : await explorer.search(at.directory)
    if (!found) return undefined
    const path = found.filepath
    const ending = ENDINGS.find((one) => path.endsWith(`.${one}`)) as Ending
    const text = (found.config as { content: string } | undefined)?.content ?? ''
    return { path, ...parseFile(path, text, ending) }
  } catch (cause) {
    throw unreadable(where, cause)
  }
}

/** What stdin says instead of a file. Error: `invalid-config`. */
export function parseConfig({ text, format }: { text: string; format: Ending }): ConfigFile {
  const path = 'stdin'
  try {
    return { path, ...parseFile(path, text, format) }
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

type Ending = (typeof ENDINGS)[number]

const unreadable = (where: string, cause: unknown): SnetError =>
  new SnetError('invalid-config', `cannot read the config file ${where}: ${messageOf(cause)}`, {
    hint: 'The file is JSON, YAML or TOML by its ending; -c names another one.',
    cause,
  })

function parseFile(path: string, text: string, ending: Ending): Pick<ConfigFile, 'values' | 'warnings'> {
  const twice = ending === 'json' ? findRepeatedNames : () => []
  const values = text.trim() === '' ? {} : PARSERS[ending](path, text)
  const warnings = twice(text).map(
    ({ name, line }) => `${shownName(name)} is given twice; the one in line ${line} counts`,
  )
  return {
    values: requireObject(values ?? {}, (name, other) =>
      warnings.push(`${shownName(name)} and ${shownName(other)} are the same key; the later one counts`),
    ),
    warnings,
  }
}

const PARSERS: Readonly<Record<Ending, (path: string, text: string) => unknown>> = {
  json: (_path, text) => parseJson(text),
  yaml: parseYaml,
  yml: parseYaml,
  toml: (_path, text) => parseToml(text),
}

const MAX_NAME = 60

/** A name as a message quotes it. */
const shownName = (name: string): string => JSON.stringify(name.slice(0, MAX_NAME))

type OnTwo = (name: string, other: string) => void

function requireObject(config: unknown, onTwo: OnTwo): Record<string, unknown> {
  if (!isObject(config)) throw new Error('it contains no object of settings')
  return lowerCased(config, onTwo)
}

/**
 * Names at every depth in lower case, and `log.level` as `level` within `log`: the reference reads them so. Later
 * spellings of one name win.
 */
function lowerCased(values: Record<string, unknown>, onTwo: OnTwo): Record<string, unknown> {
  const result = Object.create(null) as Record<string, unknown>
  const spellings = new Map<string, string>()
  for (const [name, value] of Object.entries(values)) {
    const lower = name.toLowerCase()
    const other = spellings.get(lower)
    if (other !== undefined) onTwo(other, name)
    spellings.set(lower, name)
    const [first = '', ...rest] = lower.split('.')
    const nested = rest.reduceRight<unknown>((inner, part) => ({ [part]: inner }), inLowerCase(value, onTwo))
    const known = result[first]
    result[first] = isObject(known) && isObject(nested) ? merge(known, nested) : nested
  }
  return result
}

function inLowerCase(value: unknown, onTwo: OnTwo): unknown {
  if (Array.isArray(value)) return value.map((part) => inLowerCase(part, onTwo))
  return isObject(value) ? lowerCased(value, onTwo) : value
}

function merge(a: Record<string, unknown>, b: Record<string, unknown>): Record<string, unknown> {
  const result: Record<string, unknown> = { ...a }
  for (const [name, value] of Object.entries(b)) {
    const known = result[name]
    result[name] = isObject(known) && isObject(value) ? merge(known, value) : value
  }
  return result
}
