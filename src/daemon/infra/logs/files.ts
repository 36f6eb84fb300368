import { constants } from 'node:fs'
import { type FileHandle, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { messageOf, SnetError } from '../../../shared/errors.js'

/** A log file as it was when it was opened: it may grow meanwhile, and not more of it is taken. */
export interface LogFile {
  readonly name: string
  /** Its bytes, of which the size is known before; undefined when it is no regular file any more. */
  open(): Promise<(AsyncDisposable & { readonly size: number; stream(): Readable }) | undefined>
}

const MAX_FILES = 1_000
const MAX_FILE_BYTES = 1024 ** 3

/** The regular files directly in the directory, by name. Links are not followed: they may lead anywhere. */
export async function logFiles(directory: string): Promise<LogFile[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((cause: unknown) => {
    throw new SnetError('unavailable', `infra_log_dir ${directory} cannot be read: ${messageOf(cause)}`, { cause })
  })
  const names = entries.flatMap((entry) => (entry.isFile() ? [entry.name] : [])).sort()
  if (names.length > MAX_FILES)
    throw new SnetError('wrong-state', `infra_log_dir holds ${names.length} files, at most ${MAX_FILES} are taken`)
  return names.map((name) => ({ name, open: () => openFile(join(directory, name), name) }))
}

async function openFile(path: string, name: string) {
  // Another process may have put a link or a pipe there since the directory was read.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
  const handle = await open(path, flags).catch(() => undefined)
  if (!handle) return undefined
  try {
    const stats = await handle.stat()
    if (stats.isFile() && stats.size <= MAX_FILE_BYTES) return opened(handle, stats.size)
    if (stats.isFile())
      throw new SnetError('wrong-state', `the log ${name} has ${stats.size} bytes, at most ${MAX_FILE_BYTES} are taken`)
  } catch (fault) {
    await handle.close()
    throw fault
  }
  await handle.close()
  return undefined
}

const opened = (handle: FileHandle, size: number) => ({
  size,
  stream: (): Readable => handle.createReadStream({ start: 0, end: Math.max(0, size - 1), autoClose: false }),
  [Symbol.asyncDispose]: () => handle.close(),
})
