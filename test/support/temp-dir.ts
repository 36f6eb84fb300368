import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TempDir extends AsyncDisposable {
  readonly path: string
  /** For hooks, which end with what they return: `return temp.remove`. */
  readonly remove: () => Promise<void>
}

/** An empty directory of a test's own, which goes with everything in it. */
export async function tempDir(): Promise<TempDir> {
  const path = await mkdtemp(join(tmpdir(), 'snetd-test-'))
  // Processes that a browser has left behind, say, may write into it until they have ended too.
  const remove = (): Promise<void> => rm(path, { recursive: true, force: true, maxRetries: 5 })
  return { path, remove, [Symbol.asyncDispose]: remove }
}
