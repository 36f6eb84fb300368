import { stat } from 'node:fs/promises'
import { messageOf } from '../../shared/errors.js'
import { secretFileFault } from '../../shared/secret-file.js'
import { fail, failed, type Finding, ok, warn } from './finding.js'

interface SecretFile {
  /** The key that names it, or what it is. */
  readonly what: string
  readonly path: string
}

/** Whether others on this host may read what is secret. Opens none of them. */
export async function checkSecretFiles(
  files: readonly SecretFile[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<Finding[]> {
  const found = await Promise.all(files.map((file) => checkSecretFile(file, env)))
  const faults = found.filter((finding) => finding !== undefined)
  if (faults.length > 0 || files.length === 0) return faults
  return [ok('file modes', `only their owner may read: ${files.map(({ what }) => what).join(', ')}`)]
}

async function checkSecretFile(
  { what, path }: SecretFile,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Finding | undefined> {
  try {
    const { problem, warning } = await secretFileFault(path, { env })
    if (problem !== undefined)
      return fail('file modes', `${what}: others on this host may read ${path}`, `chmod 600 ${path}`)
    return warning === undefined
      ? undefined
      : warn('file modes', `${what}: ${warning}`, 'Let whoever mounts it set its mode.')
  } catch (cause) {
    return fail('file modes', `${what}: ${path} cannot be looked at: ${messageOf(cause)}`, 'Let this user read it.')
  }
}

/** Whether the directory of a daemon can be one: it is there, or can be made, and is for its owner alone. */
export async function checkDataDir(path: string, parent: string): Promise<Finding> {
  try {
    const found = await stat(path).catch((fault: NodeJS.ErrnoException) => {
      if (fault.code === 'ENOENT') return undefined
      throw fault
    })
    if (!found) return await checkParent(path, parent)
    if (!found.isDirectory()) return fail('data_dir', `${path} is no directory`, 'Set data_dir to a directory.')
    const own = process.getuid?.()
    if (own !== undefined && own !== 0 && found.uid !== own)
      return warn('data_dir', `${path} belongs to another user`, 'Run this as the user of the daemon.')
    if ((found.mode & 0o077) !== 0)
      return warn('data_dir', `others on this host may look into ${path}`, `chmod 700 ${path}`)
    return ok('data_dir', path)
  } catch (cause) {
    return failed('data_dir', cause, 'Set data_dir to a directory on a local disk that this user may write to.')
  }
}

async function checkParent(path: string, parent: string): Promise<Finding> {
  const above = await stat(parent).catch(() => undefined)
  if (above && !above.isDirectory())
    return fail('data_dir', `${path} cannot be made: ${parent} is no directory`, 'Set data_dir to another place.')
  return ok('data_dir', `${path} is not there yet; a start makes it`)
}
