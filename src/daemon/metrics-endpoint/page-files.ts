import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { packageRoot } from '../../shared/package.js'

export interface Content {
  readonly type: string
  readonly body: string
}

const FILES = {
  '/': ['index.html', 'text/html'],
  '/page.js': ['page.js', 'text/javascript'],
  '/page.css': ['page.css', 'text/css'],
} as const

/** The page for people, by its paths; it needs nothing from anywhere else. */
export const readPageFiles = async (): Promise<ReadonlyMap<string, Content>> =>
  new Map(
    await Promise.all(
      Object.entries(FILES).map(async ([path, [file, type]]): Promise<[string, Content]> => {
        const body = await readFile(join(packageRoot, 'monitoring', 'page', file), 'utf8')
        return [path, { type: `${type}; charset=utf-8`, body }]
      }),
    ),
  )
