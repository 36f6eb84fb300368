import { createReadStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { batches } from '../../shared/batches.js'
import { messageOf, SnetError } from '../../shared/errors.js'
import { syncFolder } from '../../shared/synced-file.js'

const WRITE_AT_ONCE = 256 * 1024

/**
 * Writes an export for this user alone, since signatures are money; whole and on disk, or not at all. Error:
 * `storage-failed`; what the lines throw.
 */
export async function writeExport(path: string, lines: AsyncIterable<string>): Promise<void> {
  const part = `${path}.part`
  let isOurs = false
  try {
    // Whoever else could read an old one must not read the new one.
    await rm(part, { force: true })
    const file = await open(part, 'wx', 0o600)
    isOurs = true
    try {
      for await (const batch of batches(lines, WRITE_AT_ONCE))
        await file.writeFile(batch.map((line) => `${line}\n`).join(''))
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(part, path)
    await syncFolder(dirname(path))
  } catch (cause) {
    if (isOurs) await rm(part, { force: true })
    if (cause instanceof SnetError) throw cause
    throw new SnetError('storage-failed', `${path} cannot be written: ${messageOf(cause)}`, { cause })
  }
}

/** Error: `invalid-request` for a file that cannot be read. */
export async function* readExport(path: string): AsyncGenerator<string> {
  const file = createReadStream(path)
  const lines = createInterface({ input: file, crlfDelay: Infinity })
  const failed = new Promise<never>((_done, fail) => file.once('error', fail))
  failed.catch(() => lines.close())
  try {
    yield* lines
    await Promise.race([failed, Promise.resolve()])
  } catch (cause) {
    throw new SnetError('invalid-request', `${path} cannot be read: ${messageOf(cause)}`, { cause })
  } finally {
    lines.close()
    file.destroy()
  }
}
