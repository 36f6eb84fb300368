import { rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface OwnDirectory extends AsyncDisposable {
  readonly path: string
}

/** A new directory that only we can read; it holds keys, so it goes with us however we end, but for `kill -9`. */
export async function makeOwnDirectory(prefix: string): Promise<OwnDirectory> {
  const path = await mkdtemp(join(tmpdir(), prefix))
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
