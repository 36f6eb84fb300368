import { readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isObject } from '../../../shared/is-object.js'
import { writeWhole } from '../../data-dir/index.js'

/** The lease of the process that owns a data directory, for the next one to end. */
export interface LeaseFile {
  /** Undefined where there is none that a former process of this very directory left. */
  read(): Promise<string | undefined>
  write(lease: string): Promise<void>
  remove(): Promise<void>
}

const FILE = 'etcd-lease.json'

/**
 * A copy of the directory must not end the lease of a daemon that lives in the original: the file knows which directory it
 * was written in.
 */
export function leaseFile(directory: string): LeaseFile {
  const path = join(directory, FILE)
  const here = async (): Promise<string> => String((await stat(directory, { bigint: true })).ino)
  return {
    async read() {
      const text = await readFile(path, 'utf8').catch(() => '')
      try {
        const kept: unknown = JSON.parse(text)
        if (!isObject(kept) || kept['directory'] !== (await here())) return undefined
        const { lease } = kept
        return typeof lease === 'string' && /^-?\d{1,20}$/.test(lease) ? lease : undefined
      } catch {
        // What cannot be read is a lease that ends by itself.
        return undefined
      }
    },
    write: async (lease) => writeWhole(path, `${JSON.stringify({ lease, directory: await here() })}\n`),
    remove: () => rm(path, { force: true }),
  }
}
