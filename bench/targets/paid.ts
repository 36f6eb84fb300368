import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Child, startChild } from '../../src/sandbox/child.js'
import { type Network, openNetwork } from '../../src/sandbox/index.js'
import type { Lifecycle } from '../../src/shared/lifecycle.js'
import { packageRoot } from '../../src/shared/package.js'
import { MEASURED, onCore } from '../measure/cores.js'
import { type Endpoint, own, pidOf } from './passers.js'
import { freePort } from './ports.js'

/** Keys of a daemon's config beside those of the network. */
export type Changes = Readonly<Record<string, unknown>>

/** A chain with everything published, and no daemon yet; its service is the one of this bench. */
export async function openChain(life: Lifecycle, service: Endpoint): Promise<Network> {
  const config = { service_endpoint: `http://${service.endpoint}`, log: { level: 'warn' } }
  const network = await life.own('network', openNetwork({ searchPath: process.env['PATH'] ?? '', config }))
  await network.daemon[Symbol.asyncDispose]()
  return network
}

/** Writes the config of a daemon with a port and a directory of its own; returns the file. */
export async function writeDaemonConfig(network: Network, name: string, changes: Changes): Promise<string> {
  const common = JSON.parse(await readFile(network.configFile, 'utf8')) as Changes
  const word = name.replaceAll(/\W+/g, '-')
  const own = {
    daemon_endpoint: `127.0.0.1:${await freePort()}`,
    data_dir: join(network.directory, `data-${word}`),
  }
  const file = join(network.directory, `${word}.json`)
  await writeFile(file, JSON.stringify({ ...common, ...own, ...changes }), { mode: 0o600 })
  return file
}

/** Resolves when the daemon serves. */
export async function serve(core: string, configFile: string): Promise<Child> {
  const start = onCore(core, process.execPath, [join(packageRoot, 'bin', 'run.js'), 'serve', '--config', configFile])
  return await startChild({ ...start, ready: /^ready endpoint=(\S+)/ })
}

export interface DaemonOptions {
  readonly changes: Changes
  /** The one that is measured, by default. */
  readonly core?: string
}

/** The whole daemon, as it is installed. */
export async function startDaemon(
  { life, network }: { readonly life: Lifecycle; readonly network: Network },
  name: string,
  { changes, core = MEASURED }: DaemonOptions,
): Promise<Endpoint> {
  const child = await own(life, name, serve(core, await writeDaemonConfig(network, name, changes)))
  return { name, endpoint: child.ready, pid: pidOf(child) }
}
