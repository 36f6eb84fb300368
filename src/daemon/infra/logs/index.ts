import { hostname } from 'node:os'
import { SnetError } from '../../../shared/errors.js'
import { toArchive } from './archive.js'
import { toDirectory } from './directory.js'
import { logFiles } from './files.js'
import { putFiles } from './put.js'
import type { Uploaded } from './upload.js'

export interface LogsConfig {
  /** `infra_log_dir`. */
  readonly directory: string | undefined
  /** `infra_log_target`: a directory, a file ending in .tar.gz, or an http(s) URL. */
  readonly target: string | undefined
}

/**
 * Takes the regular files of the log directory to where the target says. Errors: `wrong-state` where either is not set,
 * `invalid-request` for names that are more than a name, `unavailable` and `upstream-failed` for the way there.
 */
export async function uploadLogs(
  { directory, target }: LogsConfig,
  asked: { readonly folder: string; readonly name: string },
  signal?: AbortSignal,
): Promise<Uploaded> {
  // The first controllers named neither.
  const folder = safeName('folder', asked.folder || String(Math.floor(Date.now() / 1000)))
  const name = safeName('name', asked.name || hostname().replaceAll('.', '-'))
  if (directory === undefined) throw missing('infra_log_dir', 'the directory whose files to take')
  if (target === undefined) throw missing('infra_log_target', 'a directory, a file ending in .tar.gz or a URL for PUT')
  const files = await logFiles(directory)
  const place = { folder, name }
  if (/^https?:\/\//i.test(target)) return putFiles(files, new URL(target), place, signal)
  if (target.endsWith('.tar.gz')) return toArchive(files, target, place, signal)
  return toDirectory(files, target, place, signal)
}

/** One part of a path, of characters that mean nothing to any file system or URL. */
function safeName(field: string, name: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(name)) return name
  const shown = JSON.stringify(name.slice(0, 80))
  throw new SnetError(
    'invalid-request',
    `${field} has to be 1 to 128 letters, digits and "._-", and begin with a letter or digit, not ${shown}`,
  )
}

const missing = (key: string, what: string): SnetError =>
  new SnetError('wrong-state', `logs cannot be uploaded: ${key} is not set`, { hint: `Set ${key}: ${what}.` })
