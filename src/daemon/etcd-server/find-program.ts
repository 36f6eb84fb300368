import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { SnetError } from '../../shared/errors.js'

/** Path of the program. Error: `not-found`, with how to get it. */
export function findProgram(program: string, searchPath: string): string {
  const places = program.includes('/') ? [program] : searchPath.split(delimiter).map((place) => join(place, program))
  const found = places.find(isProgram)
  if (found !== undefined) return found
  throw new SnetError(
    'not-found',
    `payment_channel_storage_server needs etcd, and ${program.includes('/') ? `there is no program ${program}` : `no ${program} is on the PATH`}`,
    { hint: HOW_TO_GET },
  )
}

const HOW_TO_GET = `Install it:
  Debian, Ubuntu: sudo apt-get install etcd-server && sudo systemctl disable --now etcd
  Fedora:         sudo dnf install etcd
  macOS:          brew install etcd
  by hand:        unpack a release of https://github.com/etcd-io/etcd/releases and name its etcd in payment_channel_storage_server.program
Or set payment_channel_storage_server.enabled to false and use an etcd that runs already.`

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
