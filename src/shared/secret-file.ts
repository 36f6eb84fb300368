import { readFile, realpath, stat } from 'node:fs/promises'
import { isAbsolute, relative } from 'node:path'

/** What is wrong with who may read a secret; both undefined where only its owner may. */
export interface SecretFileFault {
  readonly problem?: string
  readonly warning?: string
}

/**
 * Whether group or others may read a file with a secret. Where an orchestrator has put it (`/run/secrets`,
 * `$CREDENTIALS_DIRECTORY`, a mount that is read-only) its mode is not the user's to set: a warning there.
 *
 * @param mounts of this process as Linux tells them; none where there is no /proc
 */
export async function secretFileFault(
  path: string,
  { env, mounts }: { env: Readonly<Record<string, string | undefined>>; mounts?: string },
): Promise<SecretFileFault> {
  const { mode } = await stat(path)
  if ((mode & 0o077) === 0) return {}
  const message = `others on this host may read ${path}`
  const real = await realpath(path)
  const handedIn = ['/run/secrets', '/var/run/secrets', env['CREDENTIALS_DIRECTORY'] ?? '']
  const isHandedIn =
    handedIn.some((folder) => isAbsolute(folder) && [path, real].some((file) => isUnder(folder, file))) ||
    isReadOnly(real, mounts ?? (await readFile('/proc/self/mountinfo', 'utf8').catch(() => '')))
  return isHandedIn ? { warning: message } : { problem: `${message}; run "chmod 600 ${path}"` }
}

const isUnder = (folder: string, file: string): boolean => {
  const way = relative(folder, file)
  return way !== '' && !way.startsWith('..') && !isAbsolute(way)
}

/** Whether the mount that a file lies on is read-only; of mounts over one another the last counts. */
function isReadOnly(file: string, mounts: string): boolean {
  let nearest = { point: '', options: [] as string[] }
  for (const line of mounts.split('\n')) {
    // ID, parent, device, root, mount point, options (proc(5)).
    const [, , , , escaped = '', options = ''] = line.split(' ')
    const point = escaped.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)))
    if (point !== '' && isUnder(point, file) && point.length >= nearest.point.length)
      nearest = { point, options: options.split(',') }
  }
  return nearest.options.includes('ro')
}
