import { readFile, rm } from 'node:fs/promises'
import { messageOf, SnetError, toSnetError } from '../../shared/errors.js'
import { systemctl } from './systemctl.js'
import { isOurUnit, UNIT_NAME } from './systemd.js'

/** What `--json` shows. */
export interface UninstalledUnit {
  readonly path: string
  /** False where systemd could not be asked; a daemon that it had started may still run. */
  readonly stopped: boolean
  /** Why systemd could not be asked. */
  readonly reason: string | null
}

/**
 * Stops the service and removes its unit; what the daemon keeps stays. Errors: `not-found`, `wrong-state` for a unit that
 * is not ours, `forbidden` where we may not remove it.
 */
export async function uninstallUnit(path: string, { isUser }: { isUser: boolean }): Promise<UninstalledUnit> {
  const present = await readUnit(path)
  if (!isOurUnit(present))
    throw new SnetError('wrong-state', `${path} was not written by "service install"`, {
      hint: `Remove it yourself: systemctl disable --now ${UNIT_NAME}, then delete the file.`,
    })
  const fault = await faultOf(systemctl(['disable', '--now', UNIT_NAME], { isUser }))
  try {
    await rm(path)
  } catch (cause) {
    throw new SnetError('forbidden', `${path} cannot be removed: ${messageOf(cause)}`, {
      hint: isUser ? undefined : 'Run it as root.',
      cause,
    })
  }
  if (fault === undefined) await faultOf(systemctl(['daemon-reload'], { isUser }))
  return { path, stopped: fault === undefined, reason: fault ?? null }
}

/** Error: `not-found`. */
export async function readUnit(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new SnetError('not-found', `the service is not installed: there is no ${path}`, {
      hint: '"service install" writes it; --user means a unit of your own user.',
      cause,
    })
  }
}

const faultOf = async (act: Promise<unknown>): Promise<string | undefined> => {
  try {
    await act
    return undefined
  } catch (thrown) {
    return toSnetError(thrown).message
  }
}
