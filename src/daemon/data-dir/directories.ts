import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Makes a directory for this user alone, and those above it that are missing. An existing one stays as it is. Node's own
 * recursive mkdir never ends where the system answers "no such file" although the parent is there, as in /proc.
 */
export async function makeDirectory(path: string): Promise<void> {
  const fault = await tryMkdir(path)
  if (fault?.code !== 'ENOENT' || dirname(path) === path) return throwUnlessThere(fault)
  await makeDirectory(dirname(path))
  throwUnlessThere(await tryMkdir(path))
}

/** Error: whatever the system answered, but for a directory that is there. */
function throwUnlessThere(fault: NodeJS.ErrnoException | undefined): void {
  if (fault && fault.code !== 'EEXIST') throw fault
}

async function tryMkdir(path: string): Promise<NodeJS.ErrnoException | undefined> {
  try {
    await mkdir(path, { mode: 0o700 })
    return undefined
  } catch (fault) {
    return fault as NodeJS.ErrnoException
  }
}
