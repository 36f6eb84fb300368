import { execFile, type ExecFileException } from 'node:child_process'
import { SnetError } from '../../shared/errors.js'
import { UNIT_NAME } from './systemd.js'

/** A service manager that hangs must not make us hang, too. */
const TIMEOUT_MS = 30_000

/** What systemd says of the unit, each as `systemctl show` names it. */
export interface UnitState {
  /** `active`, `inactive`, `failed`, … */
  readonly active: string
  /** `enabled`, `disabled`, …: whether it starts with the host. */
  readonly enabled: string
  readonly pid: number | null
  readonly since: string | null
}

/** Error: `unavailable` where there is no systemd to ask. */
export async function readUnitState({ isUser }: { isUser: boolean }): Promise<UnitState> {
  const names = ['ActiveState', 'UnitFileState', 'MainPID', 'ActiveEnterTimestamp']
  const text = await systemctl(['show', UNIT_NAME, `--property=${names.join(',')}`], { isUser })
  const value = (name: string): string => new RegExp(`^${name}=(.*)$`, 'm').exec(text)?.[1] ?? ''
  const pid = Number(value('MainPID'))
  return {
    active: value('ActiveState') || 'unknown',
    enabled: value('UnitFileState') || 'unknown',
    pid: pid > 0 ? pid : null,
    since: value('ActiveEnterTimestamp') || null,
  }
}

/** Stdout of systemctl. Error: `unavailable`, with what it complains of. */
export async function systemctl(args: readonly string[], { isUser }: { isUser: boolean }): Promise<string> {
  const all = [...(isUser ? ['--user'] : []), ...args]
  const { error, stdout, stderr } = await new Promise<{
    error: ExecFileException | null
    stdout: string
    stderr: string
  }>((done) =>
    execFile('systemctl', all, { timeout: TIMEOUT_MS }, (failure, out, err) =>
      done({ error: failure, stdout: out, stderr: err }),
    ),
  )
  if (!error) return stdout
  const reason = error.code === 'ENOENT' ? 'there is no systemctl on this host' : stderr.trim() || 'it did not answer'
  throw new SnetError('unavailable', `systemd cannot be asked: ${reason}`, { cause: error })
}
