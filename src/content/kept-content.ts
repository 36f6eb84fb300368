import { createHash } from 'node:crypto'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeDirectory } from '../shared/make-directory.js'

/**
 * Contents that were proved once, and what was made of them, in a folder of ours: the next start fetches none of them again.
 * What is registered under an address never changes, so nothing here goes stale; what a name stands for is its caller's care.
 */
export interface KeptContent {
  /** Undefined where it is not kept, or not whole any more. */
  read(name: string): Promise<Uint8Array | undefined>
  /** What cannot be kept is fetched again: it never fails. */
  keep(name: string, bytes: Uint8Array): Promise<void>
  /** Forgets all that was neither read nor kept since the last time. */
  dropOthers(): Promise<void>
}

const DIGEST_BYTES = 32

export function openKeptContent(folder: string): KeptContent {
  const used = new Set<string>()
  return {
    async read(name) {
      const file = fileOf(name)
      const found = await readFile(join(folder, file)).catch(() => undefined)
      const bytes = found?.subarray(DIGEST_BYTES)
      if (!found || !bytes || !digestOf(name, bytes).equals(found.subarray(0, DIGEST_BYTES))) return undefined
      used.add(file)
      return bytes
    },
    async keep(name, bytes) {
      const file = fileOf(name)
      const path = join(folder, file)
      used.add(file)
      try {
        await makeDirectory(folder)
        await writeFile(`${path}.new`, Buffer.concat([digestOf(name, bytes), bytes]), { mode: 0o600 })
        await rename(`${path}.new`, path)
      } catch {
        await rm(`${path}.new`, { force: true }).catch(() => undefined)
      }
    },
    async dropOthers() {
      const files = await readdir(folder).catch(() => [])
      const others = files.filter((file) => !used.has(file))
      used.clear()
      await Promise.all(others.map((file) => rm(join(folder, file), { force: true }).catch(() => undefined)))
    },
  }
}

/** A name may be long, and have any character. */
const fileOf = (name: string): string => createHash('sha256').update(name).digest('hex')

/** Of the name, too: no file counts for another one. */
const digestOf = (name: string, bytes: Uint8Array): Buffer =>
  createHash('sha256').update(fileOf(name)).update(bytes).digest()
