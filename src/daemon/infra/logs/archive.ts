import { mkdir } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { pathToFileURL } from 'node:url'
import { createGzip } from 'node:zlib'
import { pack, type Pack } from 'tar-stream'
import { failedAt, writeWhole } from './directory.js'
import type { LogFile } from './files.js'
import type { Place, Uploaded } from './upload.js'

/** One archive for each upload: folder and name go into its own name, so that no upload replaces another one's. */
export async function toArchive(
  files: readonly LogFile[],
  target: string,
  { folder, name }: Place,
  signal?: AbortSignal,
): Promise<Uploaded> {
  const path = resolve(target).replace(/\.tar\.gz$/, `-${folder}-${name}.tar.gz`)
  const tar = pack()
  let count = 0
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeWhole(path, async (to) => {
      const written = pipeline(tar, createGzip(), to, { ...(signal && { signal }) })
      const filled = fill(tar, files, `test-run-${folder}/${name}`).then((packed) => (count = packed))
      filled.catch((fault: unknown) => tar.destroy(fault as Error))
      await Promise.all([written, filled])
    })
  } catch (cause) {
    throw failedAt(path, cause)
  }
  return { count, links: [pathToFileURL(path).href] }
}

async function fill(tar: Pack, files: readonly LogFile[], folder: string): Promise<number> {
  let count = 0
  for (const file of files) {
    await using source = await file.open()
    if (!source) continue
    const entry = tar.entry({ name: `${folder}/${file.name}`, size: source.size })
    if (source.size > 0) await pipeline(source.stream(), entry)
    else entry.end(undefined)
    count++
  }
  tar.finalize()
  return count
}
