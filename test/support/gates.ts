import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startChild } from '../../src/sandbox/child.js'
import type { Child, Network } from '../../src/sandbox/index.js'
import { controlSocketOf } from '../../src/shared/control-socket.js'
import { packageRoot } from '../../src/shared/package.js'
import { type StatusMessage } from '../../src/shared/wire/index.js'
import { getStatus } from '../../src/shared/wire/grpc/index.js'

/** A daemon on a network's chain. */
export interface Gate {
  readonly endpoint: string
  readonly dataDir: string
  /** What `snetd status` tells, asked over the control socket. */
  status(): Promise<StatusMessage>
}

export interface StartedGate extends Gate, AsyncDisposable {
  readonly readyLine: string
  readonly child: Child
}

const STATUS_TIMEOUT_MS = 5_000

const gate = (endpoint: string, dataDir: string): Gate => ({
  endpoint,
  dataDir,
  status: async () => await getStatus(await controlSocketOf(dataDir), STATUS_TIMEOUT_MS),
})

/** The daemon that the network itself started. */
export const ownGate = ({ endpoint, dataDir }: Network): Gate => gate(endpoint, dataDir)

/** A config file like the network's own, for another daemon on a free port with a data directory of its own. */
export async function writeGateConfig(
  network: Network,
  name: string,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<{ file: string; dataDir: string }> {
  const config = JSON.parse(await readFile(network.configFile, 'utf8')) as Record<string, unknown>
  const file = join(network.directory, `${name}.json`)
  const dataDir = join(network.directory, `${name}-data`)
  const written = { ...config, daemon_endpoint: '127.0.0.1:0', data_dir: dataDir, ...changes }
  await writeFile(file, JSON.stringify(written), { mode: 0o600 })
  return { file, dataDir }
}

/** Another built daemon beside the network's own, with its settings and these changes. */
export async function startGate(
  network: Network,
  name: string,
  changes: Readonly<Record<string, unknown>> = {},
  env: Readonly<Record<string, string>> = {},
): Promise<StartedGate> {
  const { file, dataDir } = await writeGateConfig(network, name, changes)
  const child = await startChild({
    command: process.execPath,
    args: [join(packageRoot, 'bin', 'run.js'), 'serve', '--config', file],
    ready: /^(ready endpoint=\S+.*)/,
    env: { ...process.env, NODE_OPTIONS: '', ...env },
  })
  const endpoint = /endpoint=(\S+)/.exec(child.ready)?.[1] ?? ''
  return {
    ...gate(endpoint, dataDir),
    readyLine: child.ready,
    child,
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  }
}
