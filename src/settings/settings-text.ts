import { stringify as toToml } from 'smol-toml'
import { isObject } from '../shared/is-object.js'
import { sections } from './daemon-schema.js'
import { effectOf } from './table.js'

export interface WrittenSetting {
  readonly key: string
  /** Undefined for a key that stays unset. */
  readonly value: unknown
}

/** The settings that have a value. JSON is YAML, too. */
export function basicText(path: string, settings: readonly WrittenSetting[]): string {
  const values = Object.fromEntries(settings.flatMap(({ key, value }) => (value === undefined ? [] : [[key, value]])))
  return path.endsWith('.toml') ? toToml(values) : `${JSON.stringify(values, null, 2)}\n`
}

/**
 * Every setting. YAML and TOML carry what each means as a comment, and a key without a value commented out; JSON has no
 * comments, and null, which counts as unset.
 */
export function fullText(path: string, settings: readonly WrittenSetting[]): string {
  if (path.endsWith('.json')) {
    const values = Object.fromEntries(settings.map(({ key, value }) => [key, value ?? null]))
    return `${JSON.stringify(values, null, 2)}\n`
  }
  const line = path.endsWith('.toml') ? tomlLine : yamlLine
  const chapters = sections.map(({ title, keys }) => {
    const rows = settings.flatMap(({ key, value }) => {
      const field = (keys as Readonly<Record<string, Parameters<typeof effectOf>[0]>>)[key]
      return field ? [`# ${effectOf(field)}\n${line(key, value)}\n`] : []
    })
    return [`## ${title}\n`, ...rows].join('\n')
  })
  return chapters.join('\n')
}

const yamlLine = (key: string, value: unknown): string =>
  value === undefined ? `# ${key}:` : `${key}: ${JSON.stringify(value)}`

const tomlLine = (key: string, value: unknown): string =>
  value === undefined ? `# ${key} =` : `${key} = ${tomlValue(value)}`

/** On one line, so that a table does not take in the keys that follow it. */
function tomlValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(tomlValue).join(', ')}]`
  if (!isObject(value)) return JSON.stringify(value)
  return `{ ${Object.entries(value)
    .map(([name, part]) => `${JSON.stringify(name)} = ${tomlValue(part)}`)
    .join(', ')} }`
}
