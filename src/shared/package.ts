import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The directory of this package's package.json; the same from sources and from the bundle, which nest differently. */
export const packageRoot: string = findRoot(dirname(fileURLToPath(import.meta.url)))

function findRoot(from: string): string {
  for (let dir = from; ; dir = dirname(dir)) {
    if (existsSync(join(dir, 'package.json')) && existsSync(join(dir, 'proto'))) return dir
    if (dirname(dir) === dir) throw new Error(`no snetd package around ${from}`)
  }
}

let version: string | undefined

export function packageVersion(): string {
  version ??= (JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string }).version
  return version
}

/** When and from which commit this program was built. */
export interface Build {
  readonly builtOn: string
  readonly revision: string
}

const UNKNOWN = 'unknown'

/** The note that the build leaves; there is none where the program runs from its sources. */
export function readBuild(): Build {
  const file = join(packageRoot, 'dist', 'build.json')
  const { built_on = UNKNOWN, revision = UNKNOWN } = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as { built_on?: string; revision?: string })
    : {}
  return { builtOn: built_on, revision }
}
