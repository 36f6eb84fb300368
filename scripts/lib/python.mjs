import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const isExecutable = (file) => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The programs of this name on the PATH, the first one first. */
export const onPath = (name, path = process.env.PATH ?? '') =>
  path
    .split(delimiter)
    .map((directory) => join(directory, name))
    .filter(isExecutable)

/** The first Python on the PATH that knows the module: one of the user's own does not see what Debian has installed. */
export const pythonWith = (module, path) =>
  onPath('python3', path).find(
    (python) => spawnSync(python, ['-c', `import ${module}`], { stdio: 'ignore' }).status === 0,
  )
