import { readdir, stat } from 'node:fs/promises'
import { join, parse, sep } from 'node:path'
import { nameAt, sourceOfNames } from '../../../shared/date-pattern.js'
import { compileGoLayout } from '../../../shared/go-layout.js'
import type { TimeZone } from '../../../shared/time-zone.js'

export interface OldFile {
  readonly path: string
  readonly modifiedMs: number
}

/** As the reference names files that were too large. */
const STAMP_LAYOUT = '2006-01-02T15-04-05.000'
const STAMP = '-\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\d\\.\\d{3}'

export const COMPRESSED = '.gz'
/** Of a file that is being compressed. */
export const PART = `${COMPRESSED}.part`

/** The files that one pattern names over time. */
export class FileSeries {
  readonly #pattern: string
  readonly #zone: TimeZone
  readonly #stamp: (ms: number) => string

  /** @param pattern an absolute path with `%Y %m %d %H %M %S` */
  constructor(pattern: string, zone: TimeZone) {
    this.#pattern = pattern
    this.#zone = zone
    this.#stamp = compileGoLayout(STAMP_LAYOUT, zone)
  }

  /** Where lines of this moment go. */
  pathAt(ms: number): string {
    return nameAt(this.#pattern, ms, this.#zone)
  }

  /** Where a file that is too large goes to, a name that no file has. */
  async freeName(path: string, ms: number): Promise<string> {
    const { dir, name, ext } = parse(path)
    for (let at = ms; ; at++) {
      const free = join(dir, `${name}-${this.#stamp(at)}${ext}`)
      if (!(await exists(free)) && !(await exists(free + COMPRESSED))) return free
    }
  }

  /** Every file of the series that is there, newest first, and none of anybody else's. */
  async list(): Promise<OldFile[]> {
    const { dir, name, ext } = parse(this.#pattern)
    const own = new RegExp(`^${sourceOfNames(name)}(${STAMP})?${sourceOfNames(ext)}(\\.gz(\\.part)?)?$`)
    const found: OldFile[] = []
    for (const folder of await foldersOf(dir)) {
      for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
        if (!entry.isFile() || !own.test(entry.name)) continue
        const path = join(folder, entry.name)
        const known = await stat(path).catch(() => undefined)
        if (known) found.push({ path, modifiedMs: known.mtimeMs })
      }
    }
    return found.sort((a, b) => b.modifiedMs - a.modifiedMs || (a.path < b.path ? 1 : -1))
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

/** Folders may have dates in their names, too. */
async function foldersOf(pattern: string): Promise<string[]> {
  let folders: string[] = [sep]
  for (const part of pattern.split(sep).filter((one) => one !== '')) {
    if (!part.includes('%')) {
      folders = folders.map((folder) => join(folder, part))
      continue
    }
    const own = new RegExp(`^${sourceOfNames(part)}$`)
    const below = await Promise.all(
      folders.map(async (folder) => {
        const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
        return entries
          .filter((entry) => entry.isDirectory() && own.test(entry.name))
          .map(({ name }) => join(folder, name))
      }),
    )
    folders = below.flat()
  }
  return folders
}
