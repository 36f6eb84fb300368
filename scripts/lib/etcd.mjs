// The etcd that tests run against: Debian's, installed here where that is possible.
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const INSTALL = ['install', '--yes', '--no-install-recommends', 'etcd-server']

/** There is an `etcd` on the PATH afterwards; otherwise the error says how to get it. */
export function requireEtcd({ path = process.env.PATH ?? '', run = aptGet, isRoot = process.getuid?.() === 0 } = {}) {
  if (isOnPath('etcd', path)) return
  if (isRoot && isOnPath('apt-get', path)) {
    process.stderr.write('Installing etcd (apt-get install etcd-server), for the tests of groups of replicas …\n')
    // A fresh image knows no packages yet.
    if (run(INSTALL) || (run(['update']) && run(INSTALL))) {
      if (isOnPath('etcd', path)) return
    }
  }
  throw new Error(
    'the tests need etcd on the PATH, and it could not be installed here.\n' +
      'Type:  sudo apt-get install etcd-server   (Debian, Ubuntu; elsewhere put etcd 3.4 or newer on the PATH)',
  )
}

function aptGet(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync('apt-get', args, { env, stdio: ['ignore', 2, 2] }).status === 0
}

function isOnPath(name, path) {
  return path.split(delimiter).some((directory) => {
    try {
      accessSync(join(directory, name), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
