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
  /** Masked wherever settings are shown. */
  readonly secret?: boolean
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
  readonly message: string
}

export interface Resolved<S extends Schema> {
  /** Complete only when there are no problems. */
  readonly config: ConfigOf<S>
  readonly origins: Readonly<Record<string, string>>
  readonly problems: readonly Problem[]
  readonly warnings: readonly string[]
}

export class Expected extends Error {}

const expected = (what: string): never => {
  throw new Expected(what)
}

export function resolveConfig<S extends Schema>(schema: S, sources: readonly Source[]): Resolved<S> {
  const config: Record<string, unknown> = {}
  const origins: Record<string, string> = {}
  const problems: Problem[] = []
  const warnings: string[] = []
  for (const [key, field] of Object.entries(schema)) {
    const found = findValue(key, field, sources, warnings)
    origins[key] = found.origin
    if (found.value === undefined) {
      if (field.required !== undefined) problems.push({ key, message: `${key}: ${field.required}` })
      continue
    }
    try {
      config[key] = field.parse(found.value)
    } catch (fault) {
      if (!(fault instanceof Expected)) throw fault
      problems.push({
        key,
        message: `${key}: expected ${fault.message}, got ${shown(found.value, field)} (from ${found.origin})`,
      })
    }
  }
  return { config: config as ConfigOf<S>, origins, problems, warnings }
}

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
      return { value, origin: origin(name) }
    }
  }
  return { value: field.default, origin: 'default' }
}

const shown = (value: unknown, { secret }: Field<unknown>): string =>
  secret ? '(hidden)' : (JSON.stringify(value) ?? String(value)).slice(0, 120)

type Options = Pick<Field<unknown>, 'doc' | 'was' | 'secret'> & { default?: string | number | boolean }

/** A field built from its parser; `T` gains `undefined` when there is no default and it may stay unset. */
const field = <T>(type: string, options: Options & { required?: string }, parse: (raw: unknown) => T): Field<T> => ({
  type,
  parse,
  ...options,
})

/** Leaves the key unset when nobody sets it. */
export const optional = <T>(inner: Field<T>): Field<T | undefined> => inner

/** Demands that somebody sets the key; `why` is what the user reads, with the choices. */
export const required = <T>(inner: Field<T>, why: string): Field<T> => ({ ...inner, required: why })

export const text = (options: Options): Field<string> =>
  field('text', options, (raw) => (typeof raw === 'string' && raw !== '' ? raw : expected('a text that is not empty')))

export const path = (options: Options): Field<string> =>
  field('path', options, (raw) => (typeof raw === 'string' && raw !== '' ? raw : expected('a path')))

export const boolean = (options: Options): Field<boolean> =>
  field('true or false', options, (raw) => {
    const word = String(raw).toLowerCase()
    if (['true', 't', '1'].includes(word)) return true
    if (['false', 'f', '0'].includes(word)) return false
    return expected('true or false')
  })

export const integer = ({ min, max, ...options }: Options & { min: number; max: number }): Field<number> =>
  field(`whole number, ${min} to ${max}`, options, (raw) => {
    const value = typeof raw === 'number' ? raw : /^[+-]?\d+$/.test(String(raw)) ? Number(raw) : NaN
    return Number.isInteger(value) && value >= min && value <= max
      ? value
      : expected(`a whole number from ${min} to ${max}`)
  })

export const choice = <const C extends readonly string[]>(choices: C, options: Options): Field<C[number]> =>
  field(
    choices.join(', '),
    options,
    (raw) => choices.find((c) => c === raw) ?? expected(`one of ${choices.join(', ')}`),
  )

export const url = ({ schemes, ...options }: Options & { schemes: readonly string[] }): Field<URL> =>
  field('URL', options, (raw) => {
    const known = typeof raw === 'string' && URL.canParse(raw) ? new URL(raw) : undefined
    return known && schemes.includes(known.protocol.slice(0, -1)) && known.hostname !== ''
      ? known
      : expected(`a URL with ${schemes.map((s) => `${s}://`).join(' or ')}`)
  })

export interface HostPort {
  readonly host: string
  readonly port: number
}

export const hostPort = (options: Options): Field<HostPort> =>
  field('HOST:PORT', options, (raw) => {
    const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^:\s[\]]*)):(\d{1,5})$/.exec(String(raw))
    const port = Number(match?.[3])
    if (!match || port > 65_535) return expected('HOST:PORT such as 127.0.0.1:8080 (port 0 takes any free one)')
    // As for Go, an empty host means every interface.
    return { host: match[1] ?? (match[2] || '0.0.0.0'), port }
  })

/** The address as `hostPort` reads it back: an IPv6 one in brackets. */
export const hostPortText = ({ host, port }: HostPort): string => `${host.includes(':') ? `[${host}]` : host}:${port}`

const UNIT_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
}
const DURATION = /^(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+$/

/** A Go duration such as `1m30s`, in milliseconds. */
export const duration = ({ min = 0, ...options }: Options & { min?: number }): Field<number> =>
  field('duration', options, (raw) => {
    if (raw === '0' || raw === 0) return min > 0 ? expected(durationAbove(min)) : 0
    if (typeof raw !== 'string' || !DURATION.test(raw)) return expected('a duration such as 500ms, 30s or 5m')
    let total = 0
    for (const [, amount, unit] of raw.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)) {
      total += Number(amount) * (UNIT_MS[unit as string] as number)
    }
    return total >= min && total <= 2 ** 31 - 1 ? total : expected(durationAbove(min))
  })

const durationAbove = (min: number): string => `a duration from ${min}ms to 24 days`

/** Anything a function of the room can read; for the few settings with a shape of their own. */
export const custom = <T>(
  type: string,
  options: Omit<Options, 'default'> & { default?: unknown },
  parse: (raw: unknown) => T,
): Field<T> => ({
  type,
  parse,
  ...options,
})

/** The known key that a misspelt one most likely means; undefined when none is near. */
export function nearestKey(unknown: string, known: readonly string[]): string | undefined {
  const limit = Math.max(2, Math.floor(unknown.length / 4))
  const ranked = known
    .map((key) => ({ key, distance: editDistance(unknown, key) }))
    .sort((a, b) => a.distance - b.distance)
  return ranked[0] && ranked[0].distance <= limit ? ranked[0].key : undefined
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[b.length] as number
}
