import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { pathToFileURL } from 'node:url'
import { createGzip } from 'node:zlib'
import { pack, type Pack } from 'tar-stream'
import { linkAbort } from '../../../shared/abort.js'
import { prefixError } from '../../../shared/errors.js'
import { makeFolder, type Place, writeWhole } from './directory.js'
import type { LogFile } from './files.js'
import { takeEach, type Uploaded } from './take-each.js'

/** One archive for each upload: folder and name go into its own name, so that no upload replaces another one's. */
export async function toArchive(
  files: readonly LogFile[],
  target: string,
  { folder, name }: Place,
  signal?: AbortSignal,
): Promise<Uploaded> {
  const path = target.replace(/\.tar\.gz$/i, `-${folder}-${name}.tar.gz`)
  await makeFolder(dirname(path))
  const tar = pack()
  const filled = fill(tar, files, `test-run-${folder}/${name}`, signal)
  filled.catch(() => undefined)
  await writeWhole(path, async (to) => {
    const written = pipeline(tar, createGzip(), to, { ...(signal && { signal }) })
    // An error while the archive was filled says more than the end of writing that follows from it.
    await written.catch(async (fault: unknown) => {
      tar.destroy()
      await filled
      throw fault
    })
  })
  // The archive is kept even if some of the files could not be taken.
  const { count } = await filled
  return { count, links: [pathToFileURL(path).href] }
}

async function fill(tar: Pack, files: readonly LogFile[], folder: string, signal?: AbortSignal): Promise<Uploaded> {
  const broken = new AbortController()
  using _linked = linkAbort(broken, ...(signal ? [signal] : []))
  const stop = broken.signal
  const take: Parameters<typeof takeEach>[1] = async (file, source) => {
    const entry = tar.entry({ name: `${folder}/${file}`, size: source.size })
    try {
      if (source.size > 0) await pipeline(source.stream(), entry)
      else entry.end(undefined)
    } catch (fault) {
      // After an entry that is not whole nothing in the archive can be read.
      broken.abort(prefixError(`${file}: `, fault))
      tar.destroy()
    }
    return file
  }
  try {
    return await takeEach(files, take, stop)
  } finally {
    if (!stop.aborted) tar.finalize()
  }
}
