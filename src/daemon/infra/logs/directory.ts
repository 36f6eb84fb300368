import { randomBytes } from 'node:crypto'
import { createWriteStream, type WriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { pathToFileURL } from 'node:url'
import { messageOf, SnetError } from '../../../shared/errors.js'
import { ANY_USER, makeDirectory } from '../../../shared/make-directory.js'
import type { LogFile } from './files.js'
import { takeEach, type Uploaded } from './take-each.js'

export interface Place {
  readonly folder: string
  readonly name: string
}

/** Copies below the directory, in the folders that the older daemon used in its store. */
export async function toDirectory(
  files: readonly LogFile[],
  target: string,
  { folder, name }: Place,
  signal?: AbortSignal,
): Promise<Uploaded> {
  const directory = join(target, `test-run-${folder}`, name)
  await makeFolder(directory)
  const take: Parameters<typeof takeEach>[1] = async (file, source) => {
    const path = join(directory, file)
    await writeWhole(path, async (to) => pipeline(source.stream(), to, { ...(signal && { signal }) }))
    return pathToFileURL(path).href
  }
  return takeEach(files, take, signal)
}

/** Error: `unavailable`. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await makeDirectory(path, ANY_USER)
  } catch (cause) {
    throw failedAt(path, cause)
  }
}

/** Under a name of its own until it is whole: nobody takes a part for the file, and no two uploads share one. */
export async function writeWhole(path: string, fill: (to: WriteStream) => Promise<void>): Promise<void> {
  const part = `${path}.part-${randomBytes(6).toString('hex')}`
  try {
    await fill(createWriteStream(part, { mode: 0o640, flags: 'wx' }))
    await rename(part, path)
  } catch (fault) {
    await rm(part, { force: true })
    throw failedAt(path, fault)
  }
}

const failedAt = (place: string, cause: unknown): unknown =>
  cause instanceof SnetError || (cause instanceof Error && cause.name === 'AbortError')
    ? cause
    : new SnetError('unavailable', `${place} cannot be written: ${messageOf(cause)}`, { cause })
