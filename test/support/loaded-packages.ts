import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What has a process of Node write down, when it ends, which files it has loaded. */
export const tellsWhatItLoads = (folder: string): Record<string, string> => ({ NODE_V8_COVERAGE: folder })

/** The packages of which such a process has loaded anything, whether from their own files or out of our bundle. */
export async function loadedPackages(folder: string): Promise<ReadonlySet<string>> {
  const packages = new Set<string>()
  for (const report of await readdir(folder)) {
    const { result } = JSON.parse(await readFile(join(folder, report), 'utf8')) as { result: { url: string }[] }
    for (const { url } of result) {
      if (!url.startsWith('file:')) continue
      for (const file of await partsOf(fileURLToPath(url))) {
        const name = packageOf(file)
        if (name !== undefined) packages.add(name)
      }
    }
  }
  return packages
}

/** The sources that a file of the bundle is made of; any other file itself. */
async function partsOf(file: string): Promise<readonly string[]> {
  const map = `${file}.map`
  if (!file.includes('/dist/') || file.includes('/node_modules/') || !existsSync(map)) return [file]
  return (JSON.parse(await readFile(map, 'utf8')) as { sources: string[] }).sources
}

const packageOf = (file: string): string | undefined =>
  /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file.replaceAll('\\', '/'))?.[1]
