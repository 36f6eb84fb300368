import { unknownPlaceholder } from '../../shared/date-pattern.js'
import { isObject } from '../../shared/is-object.js'
import { LOG_LEVELS, type LogLevel } from '../../shared/log-level.js'
import { openTimeZone } from '../../shared/time-zone.js'
import { Expected, type Field } from '../engine.js'
import { choice, custom, integer, list, object, optional, path, text } from '../fields.js'

const LOG_OUTPUTS = ['stdout', 'stderr', 'file'] as const

export interface LogSettings {
  readonly level: LogLevel
  readonly format: 'text' | 'json'
  /** As IANA names it, or `Local`. */
  readonly timeZone: string
  /** A layout of Go; undefined where nobody wrote one, empty for RFC 3339. */
  readonly timestampFormat: string | undefined
  readonly outputs: readonly (typeof LOG_OUTPUTS)[number][]
  /** Of the output `file`; paths as they are written. */
  readonly file: {
    readonly pattern: string
    /** Undefined for none. */
    readonly currentLink: string | undefined
    /** 0 is no bound, here and below. */
    readonly maxMegabytes: number
    readonly maxDays: number
    readonly maxCount: number
  }
  readonly hooks: readonly WrittenHook[]
  /** Names that mean nothing here: neither a key nor a hook of the list. */
  readonly unknown: readonly string[]
}

/** A hook as it is named and described; its description is judged with the files that it names. */
export interface WrittenHook {
  readonly name: string
  /** Undefined where there is none. */
  readonly section: Readonly<Record<string, unknown>> | undefined
}

/** The other names of the reference's levels. */
const LEVEL_ALIASES: Readonly<Record<string, LogLevel>> = { warning: 'warn', panic: 'fatal' }

export const logLevel = (options: { readonly default?: LogLevel; readonly doc: string }): Field<LogLevel> => ({
  type: LOG_LEVELS.join(', '),
  ...options,
  parse: (raw) => {
    const name = typeof raw === 'string' ? raw.toLowerCase() : ''
    const known = LOG_LEVELS.find((level) => level === (LEVEL_ALIASES[name] ?? name))
    if (!known) throw new Expected(`one of ${LOG_LEVELS.join(', ')}`)
    return known
  },
})

const timeZone: Field<string> = {
  ...text({ default: 'UTC', doc: 'Of the times in the log, and in names of its files.' }),
  parse: (raw) => {
    try {
      openTimeZone(String(raw))
      return String(raw)
    } catch {
      throw new Expected('a time zone such as UTC, Europe/Berlin or Local')
    }
  },
}

const filePattern: Field<string> = {
  ...path({ default: './snet-daemon.%Y%m%d.log', doc: 'Names of its files.' }),
  parse: (raw) => {
    const pattern = path({ doc: '' }).parse(raw)
    const unknown = unknownPlaceholder(pattern)
    if (unknown !== undefined) throw new Expected(`a path with %Y, %m, %d, %H, %M and %S, and not with ${unknown}`)
    return pattern
  },
}

const LOG_KEYS = {
  level: logLevel({ default: 'info', doc: 'Lines of this level and above are logged.' }),
  timezone: timeZone,
  formatter: object(
    {
      type: choice(['text', 'json'], { default: 'text', doc: 'Form of the lines.' }),
      timestamp_format: optional({
        ...custom('layout', { doc: 'Of the times in them.' }, (raw) => String(raw)),
        takesEmpty: true,
      }),
    },
    { default: {}, doc: 'How lines are written.' },
  ),
  output: object(
    {
      type: list(choice(LOG_OUTPUTS, { doc: '' }), { default: ['stderr'], doc: 'Where lines go.' }),
      file_pattern: filePattern,
      current_link: {
        ...custom('path', { default: './snet-daemon.log', doc: 'Link to the newest file.' }, (raw) => String(raw)),
        takesEmpty: true,
      },
      max_size_in_mb: integer({ min: 0, max: 1_000_000, default: 10, doc: 'Size of a file.' }),
      max_age_in_days: integer({ min: 0, max: 100_000, default: 7, doc: 'Age of old files.' }),
      rotation_count: integer({ min: 0, max: 1_000_000, default: 0, doc: 'Number of old files.' }),
    },
    { default: {}, doc: 'Where lines are written.' },
  ),
  hooks: list(text({ doc: '' }), { default: [], doc: 'Who is told of lines.' }),
}

export const logKey = custom<LogSettings>(
  'object',
  {
    default: {},
    doc: '`level` (debug, info, warn, error, fatal), `timezone`, `formatter` (`type`: text or json; `timestamp_format`), `output` (`type`: a list of stderr, stdout and file, stderr when unset; `file_pattern`, `current_link`, `max_size_in_mb`, `max_age_in_days`, `rotation_count`), `hooks` and a section for each of them; see the guide for providers.',
  },
  parseLog,
)

function parseLog(raw: unknown): LogSettings {
  const log = typeof raw === 'string' ? { level: raw } : raw
  if (!isObject(log)) throw new Expected('an object such as {"level": "info"}')
  const { formatter, output } = log
  const { hooks, ...settings } = object(LOG_KEYS, { doc: '' }).parse({
    ...log,
    ...(typeof formatter === 'string' && { formatter: { type: formatter } }),
    ...((typeof output === 'string' || Array.isArray(output)) && { output: { type: output } }),
  })
  const { type, file_pattern, current_link, max_size_in_mb, max_age_in_days, rotation_count } = settings.output
  const named = hooks.map((name): WrittenHook => {
    // Names in a file are read in lower case.
    const section = log[name] ?? log[name.toLowerCase()]
    return { name, section: isObject(section) ? section : undefined }
  })
  const known = [...Object.keys(LOG_KEYS), ...hooks, ...hooks.map((name) => name.toLowerCase())]
  return {
    level: settings.level,
    format: settings.formatter.type,
    timeZone: settings.timezone,
    timestampFormat: settings.formatter.timestamp_format,
    outputs: [...new Set(type)],
    file: {
      pattern: file_pattern,
      currentLink: current_link === '' ? undefined : current_link,
      maxMegabytes: max_size_in_mb,
      maxDays: max_age_in_days,
      maxCount: rotation_count,
    },
    hooks: named,
    unknown: Object.keys(log).filter((name) => !known.includes(name)),
  }
}

/** What `log` may hold besides the sections of hooks. */
export const LOG_NAMES: readonly string[] = Object.keys(LOG_KEYS)
