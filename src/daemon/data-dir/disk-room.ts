import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { messageOf, SnetError } from '../../shared/errors.js'

/** More than any store writes at its start. */
const ROOM_BYTES = 64 * 1024
const PROBE = 'room.tmp'

export const CHECK_THE_DISK = 'Check that data_dir lies on a local disk with room, and that this user may write to it.'

const NO_ROOM: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'EFBIG']

export const isNoRoom = (cause: unknown): boolean => NO_ROOM.includes((cause as NodeJS.ErrnoException).code)

/** A write into `path` that failed. */
export const cannotWrite = (path: string, cause: unknown): SnetError =>
  new SnetError('storage-failed', `${path} cannot be written: ${messageOf(cause)}`, {
    hint: CHECK_THE_DISK,
    cause,
  })

/**
 * Finds out on a file of its own whether the disk has room: LMDB's binding crashes where it cannot create or extend its
 * files. Error: `storage-failed`.
 */
export async function requireRoom(folder: string): Promise<void> {
  const path = join(folder, PROBE)
  try {
    const file = await open(path, 'w', 0o600)
    try {
      const { bytesWritten } = await file.write(Buffer.alloc(ROOM_BYTES, 1))
      if (bytesWritten < ROOM_BYTES) throw new Error(`there is room for ${bytesWritten} of ${ROOM_BYTES} bytes`)
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (cause) {
    throw cannotWrite(folder, cause)
  } finally {
    await rm(path, { force: true })
  }
}
