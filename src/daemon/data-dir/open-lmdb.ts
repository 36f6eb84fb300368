import { chmod, open as openFile, stat } from 'node:fs/promises'
import { makeDirectory } from '../../shared/make-directory.js'
import { join } from 'node:path'
import { open, type RootDatabase, type RootDatabaseOptions } from 'lmdb'
import { cannotOpen } from './lmdb-faults.js'
import { checkLmdbFile } from './lmdb-file.js'
import { requireRoom } from './disk-room.js'

/** Address space, not disk; LMDB maps more when millions of records have filled it. */
const MAP_BYTES = 4 * 1024 ** 3
const DATA = 'data.mdb'
const LOCK = 'lock.mdb'

/**
 * Opens the store in `folder`, or makes an empty one. Whatever would end the process in LMDB is found out before:
 * a damaged file, a disk without room, files that cannot be written.
 *
 * @param whenDamaged what to do about a store that is damaged
 * Error: `storage-failed`.
 */
export async function openLmdb<V, K extends Buffer | string>(
  folder: string,
  options: RootDatabaseOptions & { readonly maxDbs?: number },
  whenDamaged: string,
): Promise<RootDatabase<V, K>> {
  try {
    await makeDirectory(folder)
    await Promise.all([DATA, LOCK].map((file) => requireWritable(join(folder, file))))
    await requireRoom(folder)
    if (await hasLmdb(folder)) await checkLmdbFile(join(folder, DATA))
    const db = open<V, K>({
      path: folder,
      mapSize: MAP_BYTES,
      // It would acknowledge before fsync: what is acknowledged must be on disk.
      overlappingSync: false,
      // Its batches carry a promise that nobody can reach: a full disk would end the daemon as an unhandled rejection.
      eventTurnBatching: false,
      ...options,
    })
    await Promise.all([DATA, LOCK].map((file) => chmod(join(folder, file), 0o600)))
    return db
  } catch (cause) {
    throw cannotOpen(folder, cause, whenDamaged)
  }
}

/** Whether a store was ever begun here: a process killed while it made one leaves an empty file. */
export async function hasLmdb(folder: string): Promise<boolean> {
  const data = await stat(join(folder, DATA)).catch(() => undefined)
  return data !== undefined && data.size > 0
}

/** Error: whatever the system says of a file that is there. */
async function requireWritable(path: string): Promise<void> {
  try {
    await (await openFile(path, 'r+')).close()
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'ENOENT') throw fault
  }
}
