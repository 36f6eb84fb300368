import { spawnSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { Flags } from '@oclif/core'
import { configFlag, DaemonCommand, DEFAULT_CONFIG_FILE, unitSteps, unitText } from '../../client/index.js'
import { messageOf, SnetError } from '../../shared/errors.js'
import { packageRoot } from '../../shared/package.js'

interface Installed {
  /** Null with --print. */
  readonly path: string | null
  readonly unit: string
  /** What systemd-analyze found; null where there is none to ask. */
  readonly faults: readonly string[] | null
  readonly next: readonly string[]
}

const DRAIN_RESERVE_SECONDS = 10

export default class ServiceInstall extends DaemonCommand {
  static override summary = 'Write a systemd unit that runs the daemon with a config file.'
  static override description = `The settings are checked first, as "config validate" does. Nothing is started: what to type next is shown.
A unit that is there already stays as it is, unless --force is given.`

  static override examples = [
    'sudo <%= config.bin %> <%= command.id %> -c /etc/snetd/snetd.config.json',
    '<%= config.bin %> <%= command.id %> --user --print',
  ]

  static override flags = {
    config: configFlag,
    user: Flags.boolean({ summary: 'A unit of this user, in place of one of the system.' }),
    print: Flags.boolean({ summary: 'Show the unit and write nothing.' }),
    force: Flags.boolean({ summary: 'Put it in place of a unit that is there.' }),
    directory: Flags.string({
      summary: 'Where units lie: /etc/systemd/system, or ~/.config/systemd/user with --user.',
      helpValue: 'DIR',
    }),
  }

  override async run(): Promise<Installed> {
    const { flags } = await this.parse(ServiceInstall)
    const { loadConfig } = await import('../../daemon/index.js')
    const found = await loadConfig({ file: flags.config, env: {}, flags: {}, cwd: process.cwd() })
    const unit = unitText({
      node: process.execPath,
      program: join(packageRoot, 'bin/run.js'),
      configFile: resolve(found.file ?? DEFAULT_CONFIG_FILE),
      dataDir: found.dataDir,
      isUser: flags.user,
      stopSeconds: Math.ceil(found.config.drain_timeout / 1000) + DRAIN_RESERVE_SECONDS,
    })
    const folder = flags.directory ?? (flags.user ? join(homedir(), '.config/systemd/user') : '/etc/systemd/system')
    const path = join(resolve(folder), 'snetd.service')
    const next = unitSteps(path, { isUser: flags.user })
    if (flags.print) {
      this.log(unit)
      return { path: null, unit, faults: null, next }
    }
    // Otherwise the unit could not write there: systemd binds it before the daemon could make it.
    await mkdir(found.dataDir, { recursive: true, mode: 0o700 })
    await writeUnit(path, unit, flags.force)
    const faults = verify(path, flags.user)
    this.log(`${path} is written: it runs this program with ${found.file}, and restarts it when it fails.`)
    if (faults === null) this.log('It could not be verified: there is no systemd-analyze here.')
    else this.log(faults.length === 0 ? 'systemd-analyze finds nothing wrong.' : 'systemd-analyze says:')
    for (const fault of faults ?? []) this.log(`  ${fault}`)
    this.log(`Type next:\n${next.map((line) => `  ${line}`).join('\n')}`)
    return { path, unit, faults, next }
  }
}

async function writeUnit(path: string, unit: string, isForced: boolean): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, unit, { flag: isForced ? 'w' : 'wx', mode: 0o644 })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') {
      throw new SnetError('already-exists', `${path} is there already`, {
        hint: '--force puts a new one in its place, --print only shows it.',
      })
    }
    throw new SnetError('forbidden', `${path} cannot be written: ${messageOf(cause)}`, {
      hint: 'Run it as root, or with --user for a unit of your own.',
      cause,
    })
  }
}

/** Null where there is nobody to ask. */
function verify(path: string, isUser: boolean): string[] | null {
  const { error, status, stderr } = spawnSync('systemd-analyze', ['verify', ...(isUser ? ['--user'] : []), path], {
    encoding: 'utf8',
  })
  if (error) return null
  return status === 0 ? [] : stderr.trim().split('\n')
}
