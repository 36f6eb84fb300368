import { dirname, relative, resolve } from 'node:path'
import { readConfigFile } from '../../shared/config-file.js'
import { SnetError } from '../../shared/errors.js'
import { nearestKey, type Problem, resolveConfig, type Source } from '../../shared/schema.js'
import { type DaemonConfig, daemonSchema, LATER_KEYS } from './schema.js'

export interface ConfigSources {
  /** File given by the user; without it `snetd.config.*` in `cwd` is taken when it is there. */
  readonly file?: string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  /** Values of flags by key. */
  readonly flags: Readonly<Record<string, unknown>>
  readonly cwd: string
}

export interface LoadedConfig {
  readonly config: DaemonConfig
  /** Where paths in the configuration count from: the file's directory, else `cwd`. */
  readonly directory: string
  readonly file: string | undefined
  readonly origins: Readonly<Record<string, string>>
  readonly warnings: readonly string[]
}

/** Flag beats variable beats file beats default. Error: `invalid-config` with every problem found, a line each. */
export async function loadConfig(sources: ConfigSources): Promise<LoadedConfig> {
  const { cwd } = sources
  const file = await readConfigFile(
    sources.file === undefined ? { directory: cwd } : { path: resolve(cwd, sources.file) },
  )
  const shownFile = file && `./${relative(cwd, file.path)}`.replace(/^\.\/(?=\.\.\/)/, '')
  const { config, origins, problems, warnings } = resolveConfig(daemonSchema, [
    { origin: (key) => `--${key.replaceAll('_', '-')}`, values: sources.flags },
    environment(sources.env),
    { origin: () => shownFile ?? 'no file', values: file?.values ?? {} },
  ])
  const all = [...problems, ...crossCheck(config, problems)]
  if (all.length > 0) throw invalid(all)
  return {
    config,
    directory: file ? dirname(file.path) : cwd,
    file: file?.path,
    origins,
    warnings: [...warnings, ...unknownKeys(Object.keys(file?.values ?? {}), shownFile ?? '')],
  }
}

function invalid(problems: readonly Problem[]): SnetError {
  return new SnetError('invalid-config', problems.map(({ message }) => message).join('\n'), {
    details: Object.fromEntries(problems.map(({ key, message }) => [key, message])),
    hint: 'Each line names a key of the config file; a variable SNET_ and the key in capitals, or a flag, overrides it.',
  })
}

/** Rules over several keys; only for values that are right by themselves. */
function crossCheck(config: DaemonConfig, found: readonly Problem[]): Problem[] {
  const problems: Problem[] = []
  const isRight = (key: string): boolean => !found.some((problem) => problem.key === key)
  if (isRight('payment_channel_storage_type') && config.payment_channel_storage_type === 'etcd') {
    problems.push({
      key: 'payment_channel_storage_type',
      message:
        'payment_channel_storage_type: "etcd" is not supported yet; choose "embedded" for one host or "memory" for trials',
    })
  }
  if (isRight('daemon_endpoint') && isRight('service_endpoint') && pointsAtItself(config)) {
    problems.push({ key: 'service_endpoint', message: "service_endpoint can't be the same as daemon endpoint" })
  }
  return problems
}

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]', '::1']

function pointsAtItself({ daemon_endpoint: own, service_endpoint: service }: DaemonConfig): boolean {
  const servicePort = Number(service.port || (service.protocol === 'https:' ? 443 : 80))
  if (own.port === 0 || own.port !== servicePort) return false
  return (
    own.host === service.hostname ||
    (['0.0.0.0', '::', ...LOOPBACK].includes(own.host) && LOOPBACK.includes(service.hostname))
  )
}

/** `SNET_` and the key in capitals; an empty variable counts as unset. */
function environment(env: Readonly<Record<string, string | undefined>>): Source {
  const nameOf = (key: string): string => `SNET_${key.toUpperCase()}`
  const keys = Object.entries(daemonSchema).flatMap(([key, field]) => [key, ...(field.was ?? [])])
  const values = keys.flatMap((key) => (env[nameOf(key)] ? [[key, readVariable(key, env[nameOf(key)] as string)]] : []))
  return { origin: nameOf, values: Object.fromEntries(values) as Record<string, unknown> }
}

/** Only `log` has a structure; in a variable it is JSON. */
function readVariable(key: string, value: string): unknown {
  if (key !== 'log') return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

function unknownKeys(keys: readonly string[], file: string): string[] {
  const known = Object.entries(daemonSchema).flatMap(([key, { was }]) => [key, ...(was ?? [])])
  return keys.flatMap((key) => {
    if (known.includes(key)) return []
    if (LATER_KEYS.includes(key)) return [`${key} has no effect in this version (from ${file})`]
    const near = nearestKey(key, [...known, ...LATER_KEYS])
    return [`${key} is not a known key${near ? `, did you mean ${near}?` : ''} (from ${file})`]
  })
}
