import { mkdtempSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { messageOf, SnetError } from '../shared/errors.js'
import { makeDirectory } from '../shared/make-directory.js'

/** Where a sandbox has its files. */
export interface Directory extends AsyncDisposable {
  readonly path: string
}

/** The directory that is wanted, which stays; without one a new one, which goes with us. Error: `invalid-request`. */
export async function openDirectory(wanted: string | undefined, prefix: string): Promise<Directory> {
  if (wanted === undefined) return makeOwnDirectory(prefix)
  try {
    await makeDirectory(wanted)
  } catch (cause) {
    const hint = 'Use --directory to name one that exists or can be created.'
    throw new SnetError('invalid-request', `the directory cannot be made: ${messageOf(cause)}`, { hint, cause })
  }
  return { path: wanted, async [Symbol.asyncDispose]() {} }
}

/** Only we can read it; it holds keys, so it is removed however we end, but for `kill -9`. */
function makeOwnDirectory(prefix: string): Directory {
  // In one go: between making it and seeing to its end no signal gets a turn.
  const path = mkdtempSync(join(tmpdir(), prefix))
  const atExit = (): void => rmSync(path, { recursive: true, force: true })
  process.once('exit', atExit)
  return {
    path,
    async [Symbol.asyncDispose]() {
      await rm(path, { recursive: true, force: true })
      process.off('exit', atExit)
    },
  }
}
