import { rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { syncFolder, writeSynced } from '../../shared/synced-file.js'
import { cannotWrite } from './disk-room.js'

/**
 * Whole or not at all, also when the power fails: a new file, synced, takes the old one's name. For this user alone.
 * Error: `storage-failed`.
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  try {
    await writeSynced(`${path}.new`, text)
    await rename(`${path}.new`, path)
    await syncFolder(dirname(path))
  } catch (cause) {
    throw cannotWrite(path, cause)
  }
}
