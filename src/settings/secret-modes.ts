import { resolve } from 'node:path'
import { secretFileFault } from '../shared/secret-file.js'
import type { DaemonConfig, daemonSchema } from './daemon-schema.js'
import { type Field, mask, type Problem, type Resolved, type Schema } from './engine.js'
import { secretKeysOf } from './secret-files.js'

/** A file with a secret that these settings name. */
export interface SecretFile {
  /** The key that names it, or what it is. */
  readonly what: string
  readonly path: string
  /** What a start does where others may read it. */
  readonly ifOpen: 'refused' | 'warned of'
}

type Found = Resolved<typeof daemonSchema>

interface Where {
  readonly cwd: string
  readonly file: { readonly path: string; readonly shown: string } | undefined
  readonly holdsMore: boolean
}

/**
 * Those that a daemon with these settings reads, and the config file itself where a secret is written in it.
 * @param file absolute path of the config file, and how origins name it
 * @param holdsMore whether a secret is written in it that stands within another key
 */
export function secretFilesOf(
  { config, raws, origins }: Found,
  schema: Schema,
  { cwd, file, holdsMore }: Where,
): SecretFile[] {
  const isWritten =
    holdsMore ||
    secretKeysOf(schema).some(
      (key) => origins[key] === file?.shown && isSecret(raws[key], schema[key] as Field<unknown>),
    )
  const own = file && isWritten ? [{ what: 'the config file, which holds secrets', path: file.path }] : []
  const named = Object.entries(schema).flatMap(([key, { namesSecret }]: [string, Field<unknown>]) => {
    const path = config[key as keyof DaemonConfig]
    const isRead = key.startsWith('infra_') ? config.infra_enabled : config.gate_enabled
    return namesSecret && isRead && typeof path === 'string' ? [{ what: key, path, ifOpen: namesSecret }] : []
  })
  const password = config.payment_channel_storage_client?.password_file
  return [
    ...own.map((one) => ({ ...one, ifOpen: 'warned of' as const })),
    ...named,
    ...(password === undefined ? [] : [{ what: PASSWORD, path: password, ifOpen: 'refused' as const }]),
  ].map(({ path, ...one }) => ({ ...one, path: resolve(cwd, path) }))
}

/** The URL of a node on this host is none, nor is what everybody knows. */
const isSecret = (raw: unknown, field: Field<unknown>): boolean =>
  raw !== field.publicDefault && mask(raw, field) !== raw

const PASSWORD = 'payment_channel_storage_client.password_file'

/** One that cannot be looked at is told where it is read. */
export async function checkSecretModes(
  files: readonly SecretFile[],
  { env, origins }: { env: Readonly<Record<string, string | undefined>>; origins: Found['origins'] },
): Promise<{ problems: Problem[]; warnings: string[] }> {
  const problems: Problem[] = []
  const warnings: string[] = []
  for (const { what, path, ifOpen } of files) {
    const { problem, warning } = await secretFileFault(path, { env }).catch(() => ({
      problem: undefined,
      warning: undefined,
    }))
    const [key = ''] = what.split('.')
    if (problem !== undefined && ifOpen === 'refused')
      problems.push({ key, message: `${what}: ${problem} (from ${origins[key] ?? 'default'})` })
    else if (problem !== undefined || warning !== undefined) warnings.push(`${what}: ${problem ?? warning}`)
  }
  return { problems, warnings }
}
