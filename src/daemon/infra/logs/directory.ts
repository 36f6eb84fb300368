import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { pathToFileURL } from 'node:url'
import { messageOf, SnetError } from '../../../shared/errors.js'
import type { LogFile } from './files.js'
import type { Place, Uploaded } from './upload.js'

/** Copies below the directory, in the folders that the older daemon used in its store. */
export async function toDirectory(
  files: readonly LogFile[],
  target: string,
  { folder, name }: Place,
  signal?: AbortSignal,
): Promise<Uploaded> {
  const directory = join(resolve(target), `test-run-${folder}`, name)
  const links: string[] = []
  try {
    await mkdir(directory, { recursive: true })
    for (const file of files) {
      await using source = await file.open()
      if (!source) continue
      const path = join(directory, file.name)
      await writeWhole(path, async (to) => pipeline(source.stream(), to, { ...(signal && { signal }) }))
      links.push(pathToFileURL(path).href)
    }
  } catch (cause) {
    throw failedAt(directory, cause)
  }
  return { count: links.length, links }
}

/** Under another name until it is whole, so that nobody takes a part for the file. */
export async function writeWhole(
  path: string,
  fill: (to: ReturnType<typeof createWriteStream>) => Promise<void>,
): Promise<void> {
  const part = `${path}.part-${process.pid}`
  try {
    await fill(createWriteStream(part, { mode: 0o640 }))
    await rename(part, path)
  } catch (fault) {
    await rm(part, { force: true })
    throw fault
  }
}

export const failedAt = (place: string, cause: unknown): SnetError =>
  cause instanceof SnetError
    ? cause
    : new SnetError('unavailable', `logs cannot be written to ${place}: ${messageOf(cause)}`, { cause })
