import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm, stat, utimes } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { COMPRESSED, type FileSeries, PART } from './file-series.js'

export interface KeptFiles {
  /** 0 is no bound. */
  readonly maxAgeMs: number
  readonly maxCount: number
}

interface Surroundings {
  /** Asked again before each file: another may have begun meanwhile. */
  readonly isInUse: (path: string) => boolean
  readonly nowMs: number
  readonly signal: AbortSignal
}

/** Removes what is too old or one too many, and compresses the others. Error: of the first file that cannot be. */
export async function tidy(
  series: FileSeries,
  { maxAgeMs, maxCount }: KeptFiles,
  { isInUse, nowMs, signal }: Surroundings,
): Promise<void> {
  const old = (await series.list()).filter(({ path }) => !isInUse(path))
  const whole = old.filter(({ path }) => !path.endsWith(PART))
  const kept = whole.filter(
    ({ modifiedMs }, i) => (maxCount === 0 || i < maxCount) && (maxAgeMs === 0 || nowMs - modifiedMs <= maxAgeMs),
  )
  for (const file of old) if (!kept.includes(file)) await rm(file.path, { force: true })
  for (const { path } of kept) if (!path.endsWith(COMPRESSED) && !isInUse(path)) await compress(path, signal)
}

/** The file is as old as before. What is not whole yet has a name of its own. */
async function compress(path: string, signal: AbortSignal): Promise<void> {
  const part = path + PART
  const { mode, atime, mtime } = await stat(path)
  try {
    await pipeline(createReadStream(path), createGzip(), createWriteStream(part, { mode: mode & 0o777 }), { signal })
    await utimes(part, atime, mtime)
    await rename(part, path + COMPRESSED)
  } catch (fault) {
    await rm(part, { force: true })
    throw fault
  }
  await rm(path, { force: true })
}
