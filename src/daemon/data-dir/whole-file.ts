import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
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

async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
