import { chown, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { messageOf, SnetError } from '../../shared/errors.js'
import { ANY_USER, makeDirectory } from '../../shared/make-directory.js'
import { packageRoot } from '../../shared/package.js'
import type { ServiceSettings } from './service-settings.js'
import { stateDirectory, UNIT_NAME, unitPath, unitText, verifyUnit } from './systemd.js'
import { userName } from './user-name.js'

export interface PlannedUnit {
  readonly path: string
  readonly unit: string
  readonly isUser: boolean
  readonly dataDir: string
  readonly owner: { readonly uid: number; readonly gid: number }
  readonly warnings: readonly string[]
}

export interface UnitPlace {
  readonly isUser: boolean
  readonly env: Readonly<Record<string, string | undefined>>
}

export interface UnitOptions extends UnitPlace {
  /** Files with secrets, by their keys. */
  readonly credentials?: Readonly<Record<string, string>>
}

/** The unit and where it goes; nothing is written. */
export async function planUnit(
  settings: ServiceSettings,
  { isUser, env, credentials = {} }: UnitOptions,
): Promise<PlannedUnit> {
  const { uid, gid } = await stat(settings.config)
  const unit = unitText({
    ...settings,
    credentials,
    node: process.execPath,
    program: join(packageRoot, 'bin', 'run.js'),
    user: isUser ? undefined : await userName(uid),
  })
  const variables = Object.keys(env).filter((name) => name.startsWith('SNET_') && env[name] !== '')
  const warnings = [
    ...(!isUser && uid === 0
      ? [`${settings.config} belongs to root, so the daemon runs as root: give it to a user of its own`]
      : []),
    ...(variables.length > 0
      ? [`the service does not see ${variables.join(', ')}: put their values into ${settings.config}`]
      : []),
  ]
  return {
    path: unitPathOf({ isUser, env }),
    unit,
    isUser,
    dataDir: settings.dataDir,
    owner: { uid, gid },
    warnings,
  }
}

/** Where the unit goes, by the variables of whoever installs it. */
export function unitPathOf({ isUser, env }: UnitPlace): string {
  return unitPath({ isUser, configHome: env['XDG_CONFIG_HOME'] || join(env['HOME'] ?? '/', '.config') })
}

/** What `--json` shows. */
export interface InstalledUnit {
  readonly path: string
  readonly unit: string
  readonly written: boolean
  /** Null where systemd could not be asked. */
  readonly verified: boolean | null
  readonly told: readonly string[]
  readonly next: readonly string[]
}

/** Errors: `already-exists` where another unit is there; `forbidden` where we may not write. */
export async function installUnit(plan: PlannedUnit, { isForced }: { isForced: boolean }): Promise<InstalledUnit> {
  const { path, unit, isUser } = plan
  const present = await readFile(path, 'utf8').catch(() => undefined)
  if (present !== undefined && present !== unit && !isForced)
    throw new SnetError('already-exists', `${path} already exists with different content`, {
      hint: '--print shows what would be written, --force replaces it.',
    })
  try {
    await makeDirectory(dirname(path), ANY_USER)
    await writeFile(path, unit)
    if (!isUser) await makeDataDir(plan)
  } catch (cause) {
    throw new SnetError('forbidden', `${path} cannot be written: ${messageOf(cause)}`, {
      hint: isUser ? undefined : 'Run it as root, or use --user.',
      cause,
    })
  }
  const { isRight = null, told } = await verifyUnit(path, { isUser })
  return { path, unit, written: present !== unit, verified: isRight, told, next: nextSteps(isUser) }
}

/** Makes the directories that the unit writes to: systemd creates only state directories by itself. */
async function makeDataDir({ dataDir, owner }: PlannedUnit): Promise<void> {
  if (stateDirectory(dataDir) !== undefined) return
  const isNew = await makeDirectory(dataDir)
  if (isNew && process.getuid?.() === 0) await chown(dataDir, owner.uid, owner.gid)
}

function nextSteps(isUser: boolean): string[] {
  const [systemctl, journalctl] = isUser ? ['systemctl --user', 'journalctl --user'] : ['systemctl', 'journalctl']
  return [
    `${systemctl} daemon-reload`,
    `${systemctl} enable --now ${UNIT_NAME}`,
    `${journalctl} -u ${UNIT_NAME} -f`,
    ...(isUser ? ['loginctl enable-linger    (to run while you are not logged in)'] : []),
  ]
}
