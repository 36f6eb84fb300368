import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'

/** The mode of a directory that is no secret: what the umask leaves. */
export const ANY_USER = 0o777

/**
 * Makes a directory, for this user alone unless `mode` says otherwise, and those above it that are missing. An existing one
 * stays as it is. Node's own recursive mkdir never ends where the system answers "no such file" although the parent is
 * there, as in /proc.
 *
 * @returns whether it was missing
 */
export async function makeDirectory(path: string, mode = 0o700): Promise<boolean> {
  const fault = await tryMkdir(path, mode)
  if (fault?.code !== 'ENOENT' || dirname(path) === path) return isMade(fault)
  await makeDirectory(dirname(path), mode)
  return isMade(await tryMkdir(path, mode))
}

/** False where it was there. Error: whatever else the system answered. */
function isMade(fault: NodeJS.ErrnoException | undefined): boolean {
  if (fault && fault.code !== 'EEXIST') throw fault
  return fault === undefined
}

async function tryMkdir(path: string, mode: number): Promise<NodeJS.ErrnoException | undefined> {
  try {
    await mkdir(path, { mode })
    return undefined
  } catch (fault) {
    return fault as NodeJS.ErrnoException
  }
}
