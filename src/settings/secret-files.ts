import { open, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { messageOf } from '../shared/errors.js'
import { secretFileFault } from '../shared/secret-file.js'
import { withoutCredentials } from '../shared/url-secrets.js'
import type { Field, Problem, Schema, Source } from './engine.js'
import { optional, path } from './fields.js'

/** The key that names a file with the value of a secret one. */
const fileKeyOf = (key: string): string => `${key}_file`

/** Keys whose values are secrets that something reads. */
export const secretKeysOf = (schema: Schema): string[] =>
  Object.entries(schema).flatMap(([key, { secret, inert }]) => (secret && inert === undefined ? [key] : []))

/** Keys that name files with secrets: keys of certificates, tokens. */
export const namingKeysOf = (schema: Schema): string[] =>
  Object.entries(schema).flatMap(([key, { namesSecret }]) => (namesSecret ? [key] : []))

/** The same keys, and behind each secret one the key that names a file with it. */
export function withFileKeys<S extends Schema>(keys: S): S {
  const secrets = secretKeysOf(keys)
  const pairs = Object.entries(keys).flatMap(([key, field]): [string, Field<unknown>][] =>
    secrets.includes(key)
      ? [
          [key, field],
          [fileKeyOf(key), optional(path({ doc: `File with ${key}, in its place; only its owner may read it.` }))],
        ]
      : [[key, field]],
  )
  return Object.fromEntries(pairs) as S
}

/** What the process was started with, and where names of files begin. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Of the files that a source names. */
  readonly baseOf: (source: Source) => string
}

export interface FoundSecrets {
  readonly sources: readonly Source[]
  /** Those that were read. */
  readonly files: readonly { readonly what: string; readonly path: string; readonly ifOpen: 'refused' }[]
  readonly problems: readonly Problem[]
  readonly warnings: readonly string[]
}

/**
 * The sources with the secrets in them that they name files of. A file is read where no source before it says anything of
 * its key: what does not count may be absent.
 */
export async function readSecretFiles(
  schema: Schema,
  sources: readonly Source[],
  { env, baseOf }: Surroundings,
): Promise<FoundSecrets> {
  const read = sources.map((source) => ({
    source,
    values: new Map<string, string>(),
    origins: new Map<string, string>(),
  }))
  const problems: Problem[] = []
  const warnings: string[] = []
  const files: { what: string; path: string; ifOpen: 'refused' }[] = []
  for (const key of secretKeysOf(schema)) {
    const at = read.find(({ source }) => says(source, key, schema[key]?.was) || says(source, fileKeyOf(key)))
    if (!at || !says(at.source, fileKeyOf(key))) continue
    const named = at.source.values[fileKeyOf(key)]
    const origin = at.source.origin(fileKeyOf(key))
    const fault = (message: string): void =>
      void problems.push({ key: fileKeyOf(key), message: `${fileKeyOf(key)}: ${message} (from ${origin})`, origin })
    if (says(at.source, key, schema[key]?.was)) fault(`${key} is set there, too; set one of the two`)
    // Anything else than a name is told where the key itself is read.
    else if (typeof named === 'string') {
      const file = resolve(baseOf(at.source), named)
      const shown = withoutCredentials(named)
      files.push({ what: fileKeyOf(key), path: file, ifOpen: 'refused' })
      const found = await readSecret(file, env)
      if ('fault' in found) fault(`${shown} ${found.fault}`)
      else {
        at.values.set(key, found.value)
        at.origins.set(key, `${shown}, which ${fileKeyOf(key)} of ${origin} names`)
        if (found.warning !== undefined) warnings.push(`${fileKeyOf(key)}: ${found.warning}`)
      }
    }
  }
  return {
    sources: read.map(({ source, values, origins }) => ({
      origin: (key) => origins.get(key) ?? source.origin(key),
      values: { ...source.values, ...Object.fromEntries(values) },
    })),
    files,
    problems,
    warnings,
  }
}

const says = ({ values }: Source, key: string, was: readonly string[] = []): boolean =>
  [key, ...was].some((name) => values[name] !== undefined && values[name] !== null && values[name] !== '')

/** Far more than a key or a URL needs. */
const MAX_BYTES = 65_536

type Secret = { readonly value: string; readonly warning?: string } | { readonly fault: string }

/** What a file says whose owner alone may read it. */
export async function readSecret(file: string, env: Surroundings['env']): Promise<Secret> {
  try {
    const { problem, warning } = await secretFileFault(file, { env })
    if (problem !== undefined) return { fault: `is no secret: ${problem}` }
    const value = await readShort(file)
    if (value === undefined) return { fault: `holds more than ${MAX_BYTES} bytes` }
    return value === '' ? { fault: 'is empty' } : { value, ...(warning !== undefined && { warning }) }
  } catch (cause) {
    return { fault: `cannot be read: ${messageOf(cause).replace(/, (?:open|stat|read).*$/, '')}` }
  }
}

/** Without the end of its last line; undefined for a file that is too long. */
async function readShort(file: string): Promise<string | undefined> {
  await using handle = await open(file)
  const buffer = Buffer.alloc(MAX_BYTES + 1)
  let length = 0
  for (;;) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length, null)
    length += bytesRead
    if (length > MAX_BYTES) return undefined
    if (bytesRead === 0) return buffer.toString('utf8', 0, length).replace(/\r?\n$/, '')
  }
}

/**
 * What systemd hands in (`LoadCredential`), by the names of keys: the secret itself, or for a key that names a file with one,
 * that file. It alone decides who reads them.
 */
export async function readCredentials(schema: Schema, env: Surroundings['env']): Promise<FoundSecrets> {
  const directory = env['CREDENTIALS_DIRECTORY']
  const values: Record<string, string> = {}
  const problems: Problem[] = []
  const origin = (key: string): string => `the credential ${key}`
  const names = directory ? [...secretKeysOf(schema), ...namingKeysOf(schema)] : []
  for (const key of names) {
    const file = join(directory ?? '', key)
    try {
      await stat(file)
      const value = namingKeysOf(schema).includes(key) ? file : await readShort(file)
      if (value === undefined) throw new Error(`it holds more than ${MAX_BYTES} bytes`)
      values[key] = value
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') continue
      problems.push({ key, message: `${key}: ${origin(key)} cannot be read: ${messageOf(cause)}`, origin: origin(key) })
    }
  }
  return { sources: [{ origin, values }], files: [], problems, warnings: [] }
}
