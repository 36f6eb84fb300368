import { splitUrls } from '../shared/url-list.js'
import { HIDDEN, withoutCredentials } from '../shared/url-secrets.js'

/**
 * A tiny engine for settings: a schema of fields, values from several sources, one typed result. Every problem is
 * found before any is reported, each with its key, its origin and what was expected.
 */

/** Reads one raw value; throws an `Expected` that says what would have been right. */
export interface Field<T> {
  readonly parse: (raw: unknown) => T
  /** How the docs name the type. */
  readonly type: string
  readonly doc: string
  /** Raw default, as a user would write it; absent means that the key may stay unset. */
  readonly default?: unknown
  /** Deprecated spellings, which still work with a warning. */
  readonly was?: readonly string[]
  /** Never shown: as a whole, or all but the host of a URL, whose path and user name may hold a key. */
  readonly secret?: boolean | 'beyond host'
  /** Names a file with a secret. Where others may read that, the start is refused, or warned of: older files must start. */
  readonly namesSecret?: 'refused' | 'warned of'
  /** A secret's value that is no secret, because other programs write it for everybody. */
  readonly publicDefault?: string
  /** An empty text is a value like others, where it else means the default. */
  readonly takesEmpty?: boolean
  /** Has parts of its own, and so no flag; in a variable it is JSON, or a list separated by commas. */
  readonly isStructured?: boolean
  /** Name of the flag, if it is not the key with hyphens. */
  readonly flag?: { readonly name: string; readonly char?: string }
  /** Why setting the key changes nothing; told when somebody does. */
  readonly inert?: string
  /** A key without which there is nothing to start; its message says how to choose. */
  readonly required?: string
}

export type Schema = Readonly<Record<string, Field<unknown>>>
export type ConfigOf<S extends Schema> = { readonly [K in keyof S]: S[K] extends Field<infer T> ? T : never }

/** Values by key from one place, such as a file; earlier sources win. */
export interface Source {
  /** How messages name the place, given the key: `./snetd.config.json`, `SNET_LOG`, `--drain-timeout`. */
  readonly origin: (key: string) => string
  readonly values: Readonly<Record<string, unknown>>
}

export interface Problem {
  readonly key: string
  /** A sentence with key, what is wrong, the cure and the origin. */
  readonly message: string
  /** Undefined where a rule between several keys is broken. */
  readonly origin?: string
  /** What would have been right, and the value, secrets hidden; undefined where nothing is set. */
  readonly expected?: string
  readonly got?: string
}

export interface Resolved<S extends Schema> {
  /** Complete only when there are no problems. */
  readonly config: ConfigOf<S>
  /** As written, or the default; undefined where a key is unset. */
  readonly raws: Readonly<Record<string, unknown>>
  readonly origins: Readonly<Record<string, string>>
  readonly problems: readonly Problem[]
  readonly warnings: readonly string[]
}

export class Expected extends Error {}

export function resolveConfig<S extends Schema>(schema: S, sources: readonly Source[]): Resolved<S> {
  const config: Record<string, unknown> = {}
  const raws: Record<string, unknown> = {}
  const origins: Record<string, string> = {}
  const problems: Problem[] = []
  const warnings: string[] = []
  for (const [key, field] of Object.entries(schema)) {
    const found = findValue(key, field, sources, warnings)
    origins[key] = found.origin
    raws[key] = found.value
    if (field.inert !== undefined && JSON.stringify(found.value) !== JSON.stringify(field.default)) {
      warnings.push(`${key} has no effect: ${field.inert} (from ${found.origin})`)
    }
    if (found.value === undefined) {
      if (field.required !== undefined) {
        problems.push({
          key,
          message: `${key}: ${field.required} (${whereOf(found.origin)})`,
          expected: field.required,
        })
      }
      continue
    }
    try {
      config[key] = field.parse(found.value)
    } catch (fault) {
      if (!(fault instanceof Expected)) throw fault
      const { origin } = found
      const got = shownValue(found.value, field)
      const message = `${key}: expected ${fault.message}, got ${got} (from ${origin})`
      problems.push({ key, message, origin, expected: fault.message, got })
    }
  }
  return { config: config as ConfigOf<S>, raws, origins, problems, warnings }
}

const whereOf = (origin: string): string => (origin === 'default' ? 'not set' : `empty, from ${origin}`)

function findValue(
  key: string,
  field: Field<unknown>,
  sources: readonly Source[],
  warnings: string[],
): { value: unknown; origin: string } {
  for (const { values, origin } of sources) {
    for (const name of [...(field.was ?? []), key]) {
      const value = values[name]
      if (value === undefined || value === null) continue
      if (name !== key)
        warnings.push(`Config parameter '${name}' is deprecated, use '${key}' instead (from ${origin(name)})`)
      // Generated files hold empty texts for what nobody set.
      return { value: value === '' && !field.takesEmpty ? field.default : value, origin: origin(name) }
    }
  }
  return { value: field.default, origin: 'default' }
}

/** A raw value without its secrets: whole, all but the host of a URL, or what secret names and URLs hold inside. */
export function mask(value: unknown, field: Partial<Field<unknown>>): unknown {
  if (value === undefined || value === '') return value
  if (field.secret === true) return HIDDEN
  if (field.secret === 'beyond host') return hostsAlone(value)
  if (typeof value === 'string') return field.isStructured ? maskJson(value) : maskText(value, field.type)
  return typeof value === 'object' && value !== null ? maskParts(value) : value
}

function hostsAlone(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(hostAlone)
  return typeof value === 'string' ? splitUrls(value).map(hostAlone).join(',') : hostAlone(value)
}

function hostAlone(value: unknown): string {
  if (typeof value !== 'string' || !URL.canParse(value)) return HIDDEN
  const { protocol, host, username, password, pathname, search, hash } = new URL(value)
  const hasUser = username !== '' || password !== ''
  // An @ elsewhere may be the end of a password that was not escaped.
  if (host === '' || (!hasUser && value.includes('@'))) return HIDDEN
  const isBare = pathname.length < 2 && search === '' && hash === ''
  if (isBare && !hasUser) return value
  return `${protocol}//${host}${isBare ? '' : `/${HIDDEN}`}`
}

/** Settings with parts of their own may be written as JSON, in a variable. */
function maskJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return withoutCredentials(text)
  try {
    return maskParts(JSON.parse(text) as object)
  } catch {
    return HIDDEN
  }
}

/** Also takes an address without its scheme. */
const maskText = (text: string, type = ''): string =>
  ADDRESS_TYPES.includes(type) && !text.includes('://') ? text.replace(/^.*@/s, `${HIDDEN}@`) : withoutCredentials(text)

const ADDRESS_TYPES = ['URL', 'URLs', 'HOST:PORT', 'HOST:PORT or off']

const SECRET_NAME = /password|secret|token|_key$|^value$|^authorization$|^options$/
/** Whoever knows the whole of it may send to it. */
const SECRET_URL = /^url$/

function maskParts(value: object): unknown {
  if (Array.isArray(value)) return value.map((part: unknown) => mask(part, {}))
  const parts = Object.entries(value).map(([name, part]: [string, unknown]) => [name, maskPart(name, part)])
  return Object.fromEntries(parts)
}

function maskPart(name: string, part: unknown): unknown {
  // A path is no secret, and tells where to look.
  if (name.endsWith('_file')) return mask(part, {})
  if (SECRET_NAME.test(name)) return HIDDEN
  return mask(part, SECRET_URL.test(name) ? { secret: 'beyond host' } : {})
}

function shownValue(value: unknown, field: Field<unknown>): string {
  const visible = mask(value, field)
  return (visible === HIDDEN ? HIDDEN : (JSON.stringify(visible) ?? String(visible))).slice(0, 120)
}
