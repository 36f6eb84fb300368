import { status } from '../../../shared/grpc-status.js'
import type { Live } from '../../../shared/live.js'
import { StatusError } from '../failure.js'

/**
 * What services are told of a method that know of no packages: its bare name, as in the reference. Where several services
 * of the proto files have a method of that name it is `package.Service.Method`, so that nobody is sold one for the price
 * of the other. It is a word and never an option or a path.
 */
export function createMethodNames(methods: Live<{ readonly paths: readonly string[] }>): (path: string) => string {
  let known: readonly string[] = []
  let shared: ReadonlySet<string> = new Set()
  return (path) => {
    const { paths } = methods.current
    if (paths !== known) shared = namesOfSeveral((known = paths))
    const [, service = '', name = ''] = path.split('/')
    if (!/^\w+$/.test(name) || !/^\w+(\.\w+)*$/.test(service))
      throw new StatusError(status.UNIMPLEMENTED, 'malformed method name')
    return shared.has(name) ? `${service}.${name}` : name
  }
}

function namesOfSeveral(paths: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>()
  const shared = new Set<string>()
  for (const path of paths) {
    const name = path.slice(path.lastIndexOf('/') + 1)
    if (seen.has(name)) shared.add(name)
    seen.add(name)
  }
  return shared
}
