import { constants } from 'node:fs'
import { type FileHandle, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { messageOf, SnetError } from '../../../shared/errors.js'

/** A log file as it was when it was opened: it may grow meanwhile, and not more of it is taken. */
export interface OpenLog extends AsyncDisposable {
  readonly size: number
  /** Exactly `size` bytes, or an error. */
  stream(): Readable
}

export interface LogFile {
  readonly name: string
  /** Undefined when it is gone, or no regular file any more. Errors: `unavailable`, `wrong-state`. */
  open(): Promise<OpenLog | undefined>
}

const MAX_FILES = 1_000
const MAX_FILE_BYTES = 1024 ** 3

/** The regular files directly in the directory, by name. Links are not followed: they may lead anywhere. */
export async function logFiles(directory: string): Promise<LogFile[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((cause: unknown) => {
    throw new SnetError('unavailable', `infra_log_dir ${directory} cannot be read: ${messageOf(cause)}`, {
      hint: 'Set infra_log_dir to the directory where Berty, or whoever runs beside it, writes its logs.',
      cause,
    })
  })
  const names = entries.flatMap((entry) => (entry.isFile() ? [entry.name] : [])).sort()
  if (names.length > MAX_FILES)
    throw new SnetError('wrong-state', `infra_log_dir holds ${names.length} files, at most ${MAX_FILES} are taken`)
  return names.map((name) => ({ name, open: () => openFile(join(directory, name)) }))
}

/** Whether the file is gone, or a link or a pipe has taken its place since the directory was listed. */
const NOT_THERE: readonly (string | undefined)[] = ['ENOENT', 'ELOOP', 'ENXIO']

async function openFile(path: string): Promise<OpenLog | undefined> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
  let handle: FileHandle
  try {
    handle = await open(path, flags)
  } catch (cause) {
    if (NOT_THERE.includes((cause as NodeJS.ErrnoException).code)) return undefined
    throw new SnetError('unavailable', `it cannot be opened: ${(cause as NodeJS.ErrnoException).code ?? ''}`, { cause })
  }
  try {
    const stats = await handle.stat()
    if (stats.isFile() && stats.size <= MAX_FILE_BYTES) return toOpenLog(handle, stats.size)
    if (stats.isFile())
      throw new SnetError('wrong-state', `it has ${stats.size} bytes, at most ${MAX_FILE_BYTES} are taken`)
  } catch (fault) {
    await handle.close()
    throw fault
  }
  await handle.close()
  return undefined
}

const toOpenLog = (handle: FileHandle, size: number): OpenLog => ({
  size,
  stream: () => Readable.from(exactly(handle, size), { objectMode: false }),
  [Symbol.asyncDispose]: () => handle.close(),
})

/** Fails if the file is shorter than announced: log rotation may cut it, and the reader would wait for the rest. */
async function* exactly(handle: FileHandle, size: number): AsyncGenerator<Buffer> {
  if (size === 0) return
  let seen = 0
  for await (const chunk of handle.createReadStream({ start: 0, end: size - 1, autoClose: false })) {
    seen += (chunk as Buffer).length
    yield chunk as Buffer
  }
  if (seen < size) throw new SnetError('wrong-state', `it was cut from ${size} to ${seen} bytes while it was read`)
}
