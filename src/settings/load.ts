import { dirname, relative, resolve } from 'node:path'
import { parseConfig, readConfigFile } from './config-file.js'
import { SnetError } from '../shared/errors.js'
import { nearestKey } from '../shared/nearest-key.js'
import { type Field, type Resolved, resolveConfig, type Source } from './engine.js'
import { checkPortTls, type PortTls } from './port-tls.js'
import { FORMER_KEYS } from './former-keys.js'
import { checkLogHooks, type LogHook } from './check-log-hooks.js'
import { checkInfraAccess, type InfraAccess } from './infra-access.js'
import { cautions, crossCheck, withoutPaymentKeys } from './rules.js'
import { dataDirOf } from './data-dir.js'
import { type DaemonConfig, daemonSchema } from './daemon-schema.js'
import { readCredentials, readSecretFiles } from './secret-files.js'
import { checkSecretModes, type SecretFile, secretFilesOf } from './secret-modes.js'
import { environment, flags, isWritten, networkTable, variableOf } from './sources.js'
import { readUpdates, type Updates, updatesPath, updatesSource } from './updates.js'

export interface ConfigSources {
  /** File given by the user; without it `snetd.config.*` in `cwd` is taken when it is there. */
  readonly file?: string | undefined
  /** In place of a file. */
  readonly stdin?: { readonly text: string; readonly format: 'json' | 'yaml' | 'toml' } | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  /** Values of flags by key. */
  readonly flags: Readonly<Record<string, unknown>>
  readonly cwd: string
}

/** Settings as found, right or wrong. */
export interface FoundSettings extends Resolved<typeof daemonSchema> {
  /**
   * Absolute: what a file says counts from that file, anything else, as all paths of the reference's keys, from `cwd`.
   */
  readonly dataDir: string
  readonly file: string | undefined
  /** What was changed over the wire, in force or not. */
  readonly updates: Updates
  /** No file, no variable and no flag sets anything. */
  readonly isBare: boolean
  /** Undefined for a gate in cleartext. */
  readonly tls: PortTls | undefined
  /** Of the control daemon; undefined where none is wanted. */
  readonly infra: InfraAccess | undefined
  /** Files with secrets that these settings name. */
  readonly secretFiles: readonly SecretFile[]
  /** Who is told of lines of the log. */
  readonly logHooks: readonly LogHook[]
  /** The same places as they are now. Error: `invalid-config` for a file that cannot be read. */
  readonly reread: () => Promise<FoundSettings>
  /** Variables of the process, for the programs that it starts. */
  readonly env: ConfigSources['env']
}

/**
 * If the gate or the chain is off, keys that only they need may be unset, whatever their type says: nobody reads them.
 */
export type LoadedConfig = Pick<
  FoundSettings,
  'dataDir' | 'file' | 'raws' | 'origins' | 'warnings' | 'tls' | 'infra' | 'logHooks' | 'updates' | 'reread' | 'env'
> & {
  readonly config: DaemonConfig
}

/**
 * Flag beats variable beats what was changed over the wire beats file beats default. Every problem is found, also in the
 * files that settings name; nothing is opened or written. Error: `invalid-config` for a file that cannot be read.
 */
export async function findSettings(given: ConfigSources): Promise<FoundSettings> {
  const { cwd } = given
  const file = given.stdin
    ? parseConfig(given.stdin)
    : await readConfigFile(given.file === undefined ? { directory: cwd } : { path: resolve(cwd, given.file) })
  const shownFile = file && (given.stdin ? file.path : shownPath(cwd, file.path))
  const inFile: Source = { origin: () => shownFile ?? 'no file', values: file?.values ?? {} }
  const above = [flags(daemonSchema, given.flags), environment(daemonSchema, given.env)]
  const dataDir = findDataDir([...above, inFile], { file: file?.path, cwd })
  const changed = await readUpdates(dataDir)
  const shownUpdates = shownPath(cwd, updatesPath(dataDir))
  const credentials = await readCredentials(daemonSchema, given.env)
  const updates = updatesSource(changed.updates, { file: inFile, shownPath: shownUpdates })
  const secrets = await readSecretFiles(daemonSchema, [...above, ...credentials.sources, updates, inFile], {
    env: given.env,
    baseOf: (source) => (source === inFile && file && !given.stdin ? dirname(file.path) : cwd),
  })
  const written = secrets.sources
  const { blockchain_network_selected } = daemonSchema
  const network = resolveConfig({ blockchain_network_selected }, written).config.blockchain_network_selected
  const resolved = withoutPaymentKeys(resolveConfig(daemonSchema, [...written, networkTable(network)]))
  const broken = new Set(resolved.problems.map(({ key }) => key))
  const problems = [...resolved.problems, ...crossCheck(resolved, broken)]
  const tls = await checkPortTls(resolved, cwd)
  const infra = await checkInfraAccess(resolved, { cwd })
  const origin = resolved.origins['log'] as string
  const logHooks = await checkLogHooks(resolved.config.log, { cwd, env: given.env, origin, file: file?.path })
  const own = file && shownFile !== undefined && !given.stdin ? { path: file.path, shown: shownFile } : undefined
  const holdsMore = logHooks.holdSecrets && origin === shownFile
  const secretFiles = secretFilesOf(resolved, daemonSchema, { cwd, file: own, holdsMore })
  const modes = await checkSecretModes(secretFiles, { env: given.env, origins: resolved.origins })
  return {
    ...resolved,
    dataDir,
    updates: changed.updates,
    file: shownFile,
    isBare: file === undefined && Object.values(resolved.origins).every((origin) => !isWritten(origin)),
    tls: tls.tls,
    infra: infra.access,
    secretFiles: [...secretFiles, ...secrets.files, ...logHooks.secretFiles],
    logHooks: logHooks.hooks,
    reread: () => findSettings(given),
    env: given.env,
    problems: [
      ...[...secrets.problems, ...credentials.problems, ...problems, ...changed.problems],
      ...[...tls.problems, ...infra.problems, ...modes.problems],
    ],
    warnings: [
      ...resolved.warnings,
      ...(file?.warnings ?? []).map((warning) => `${warning} (in ${shownFile})`),
      ...unknownKeys(Object.keys(file?.values ?? {}), shownFile ?? ''),
      ...misspeltVariables(Object.keys(given.env)),
      ...(problems.length === 0 ? cautions(resolved.config) : []),
      ...changed.warnings,
      ...tls.warnings,
      ...infra.warnings,
      ...secrets.warnings,
      ...modes.warnings,
      ...logHooks.warnings,
    ],
  }
}

function findDataDir(written: readonly Source[], { file, cwd }: { file: string | undefined; cwd: string }): string {
  const { data_dir } = daemonSchema
  const { config, origins } = resolveConfig({ data_dir }, written)
  return dataDirOf(config.data_dir, { file, isElsewhere: isWritten(origins['data_dir'] as string), cwd })
}

/** The settings to run with. Error: `invalid-config` with every problem found, a line each. */
export const loadConfig = async (given: ConfigSources): Promise<LoadedConfig> => requireValid(await findSettings(given))

/** Error: `invalid-config` with every problem, a line each. */
export function requireValid(found: FoundSettings): LoadedConfig {
  const { problems } = found
  if (problems.length === 0) return found
  throw new SnetError('invalid-config', problems.map(({ message }) => message).join('\n'), {
    details: Object.fromEntries(problems.map(({ key, message }) => [key, message])),
    hint: 'Each line names a key of the config file; a variable SNET_ and the key in capitals, or a flag, overrides it.',
  })
}

const shownPath = (cwd: string, path: string): string => {
  const way = relative(cwd, path)
  return way.startsWith('..') ? path : `./${way}`
}

const KNOWN_NAMES = Object.entries(daemonSchema).flatMap(([key, { was }]: [string, Field<unknown>]) => [
  key,
  ...(was ?? []),
])

function unknownKeys(keys: readonly string[], file: string): string[] {
  const known = KNOWN_NAMES
  return keys.flatMap((key) => {
    if (known.includes(key)) return []
    return [`${key.slice(0, MAX_NAME)} is not a known key${adviceOn(key)} (from ${file})`]
  })
}

const MAX_NAME = 60

/** The key that took the place of an older daemon's; else the known key whose spelling is near. */
function adviceOn(key: string): string {
  const former = Object.hasOwn(FORMER_KEYS, key) ? FORMER_KEYS[key] : undefined
  if (former !== undefined) return ` any more: ${former}`
  const near = nearestKey(key, KNOWN_NAMES)
  return near === undefined ? '' : `, did you mean ${near}?`
}

/** Tells only of unknown variables near to a key: others may start their variables with `SNET_` too. */
function misspeltVariables(names: readonly string[]): string[] {
  const known = KNOWN_NAMES.map(variableOf)
  return names.flatMap((name) => {
    if (!name.startsWith('SNET_') || known.includes(name)) return []
    const [whole = '', ...parts] = name.split('.')
    if (parts.length > 0 && known.includes(whole)) return [`${name} is not read: set ${whole} to an object in JSON`]
    const key = name.slice('SNET_'.length).toLowerCase()
    if (Object.hasOwn(FORMER_KEYS, key))
      return [`${name} is not a known key any more: ${FORMER_KEYS[key]} (from the environment)`]
    const near = nearestKey(name, known)
    return near ? [`${name} is not a known key, did you mean ${near}? (from the environment)`] : []
  })
}
