import { watch } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Calls `onNews` when something in a folder of these files changes: also where a link is swapped, as Kubernetes and certbot
 * do. Files elsewhere that links lead to are not seen, nor is anything where the system has no watches left.
 */
export function watchFolders(files: readonly string[], onNews: () => void): Disposable {
  const watchers = [...new Set(files.map(dirname))].flatMap((folder) => {
    try {
      return [watch(folder, { persistent: false }, onNews).on('error', () => undefined)]
    } catch {
      return []
    }
  })
  return {
    [Symbol.dispose]() {
      for (const watcher of watchers) watcher.close()
    },
  }
}
