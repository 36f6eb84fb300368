import { join } from 'node:path'
import { type Child, startChild } from '../../src/sandbox/child.js'
import { packageRoot } from '../../src/shared/package.js'

export interface Served extends Child {
  /** HOST:PORT of what the ready line names. */
  readonly endpoint: string | undefined
  readonly infra: string | undefined
  readonly metrics: string | undefined
}

const QUIET = { daemon_endpoint: '127.0.0.1:0', metrics_endpoint: 'off' }

/** `serve` of the built command line with these settings as variables; port 0 where nothing is said, and no metrics. */
export async function startServe(settings: Readonly<Record<string, string>>, cwd: string): Promise<Served> {
  const variables = Object.entries({ data_dir: join(cwd, 'data'), ...QUIET, ...settings })
  const env = Object.fromEntries(variables.map(([key, value]) => [`SNET_${key.toUpperCase()}`, value]))
  const child = await startChild({
    command: process.execPath,
    args: [join(packageRoot, 'bin', 'run.js'), 'serve'],
    ready: /^ready (.*)/,
    env: { PATH: process.env['PATH'], HOME: cwd, ...env },
  })
  const places = Object.fromEntries(child.ready.split(' ').map((place) => place.split('=') as [string, string]))
  const { endpoint, infra, metrics } = places
  return Object.assign(child, { endpoint, infra, metrics })
}
