import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Fleet, type RunReport, fetchReport, shareGroup, startRun } from '../client/fleet/index.js'
import { Lifecycle } from '../shared/lifecycle.js'
import { makeDirectory } from '../shared/make-directory.js'
import { packageRoot } from '../shared/package.js'
import { type BertyNetworkOptions, createBertyNetwork, type Era } from './berty/index.js'
import { type Child, startChild } from './child.js'
import { openDirectory } from './directory.js'

export interface InfraSandboxOptions {
  readonly peers: number
  /** Decides what the fake network does, and the bodies of the messages. */
  readonly seed: string
  /** Where files go; a new directory that is removed at the end when not given. */
  readonly directory?: string | undefined
  /** Keys of the daemons' config beside those that the sandbox sets. */
  readonly config?: Readonly<Record<string, unknown>>
  /** Generations of the Bertys, in their order; the newest where none is named. */
  readonly eras?: readonly Era[]
  /** Of the network between the Bertys, beside its seed. */
  readonly network?: Omit<BertyNetworkOptions, 'seed'>
}

/** One host of the sandbox: a fake Berty and a control daemon beside it. */
export interface SandboxHost {
  readonly name: string
  /** HOST:PORT of the control daemon. */
  readonly address: string
  /** HOST:PORT of the Berty. */
  readonly berty: string
  readonly dataDir: string
  readonly daemon: Child
}

/** Bertys, control daemons, and connections to all of them. */
export interface InfraSandbox extends AsyncDisposable {
  readonly directory: string
  readonly inventory: string
  readonly hosts: readonly SandboxHost[]
  readonly fleet: Fleet
  readonly net: ReturnType<typeof createBertyNetwork>
  /** Starts a control daemon again on its data, after it was stopped or killed. */
  restart(at: number): Promise<SandboxHost>
}

export const GROUP = 'chat'
export const TEST = '0'

/** Hosts on loopback: fake Bertys in this process, control daemons as processes of their own. */
export async function openInfraSandbox(options: InfraSandboxOptions): Promise<InfraSandbox> {
  const life = new Lifecycle()
  try {
    const directory = (await life.own('directory', openDirectory(options.directory, 'infra-sandbox-'))).path
    const net = await life.own('bertys', createBertyNetwork({ ...options.network, seed: options.seed }))
    const hosts: SandboxHost[] = []
    // Owned before the first one starts: when a later one fails, the earlier ones end, too.
    await life.own('daemons', {
      [Symbol.asyncDispose]: async () => {
        await Promise.all(hosts.map(({ daemon }) => daemon[Symbol.asyncDispose]()))
      },
    })
    for (let at = 0; at < options.peers; at++) {
      const name = `peer${at + 1}`
      const era = options.eras?.[at]
      const berty = await net.startPeer({ name, ...(era && { era }) })
      const configFile = await writeConfig(join(directory, name), berty.endpoint, options.config)
      hosts.push(await startHost({ name, berty: berty.endpoint, configFile }))
    }
    const inventory = join(directory, 'hosts.yaml')
    await writeFile(inventory, inventoryOf(hosts))
    const fleet = new Fleet(hosts.map(targetOf))
    await life.own('connections', { [Symbol.asyncDispose]: async () => fleet[Symbol.dispose]() })
    return {
      ...{ directory, inventory, hosts, fleet, net },
      async restart(at) {
        const { name, berty, dataDir, address } = hosts[at] as SandboxHost
        const config = { infra_endpoint: address, ...options.config }
        const configFile = await writeConfig(join(dataDir, '..'), berty, config)
        hosts[at] = await startHost({ name, berty, configFile })
        return hosts[at]
      },
      [Symbol.asyncDispose]: () => life[Symbol.asyncDispose](),
    }
  } catch (fault) {
    await life[Symbol.asyncDispose]()
    throw fault
  }
}

const targetOf = ({ name, address, berty }: SandboxHost) => ({
  ...{ name, address, kind: 'peer', berty },
  access: { address, tls: undefined, token: undefined },
})

async function writeConfig(directory: string, berty: string, config: object = {}): Promise<string> {
  await makeDirectory(directory)
  const file = join(directory, 'snetd.config.json')
  const settings = {
    gate_enabled: false,
    infra_enabled: true,
    infra_endpoint: '127.0.0.1:0',
    infra_berty_endpoint: berty,
    data_dir: join(directory, 'data'),
    metrics_endpoint: 'off',
    log: { level: 'warn' },
    ...config,
  }
  await writeFile(file, `${JSON.stringify(settings, undefined, 2)}\n`, { mode: 0o600 })
  return file
}

async function startHost(of: { name: string; berty: string; configFile: string }): Promise<SandboxHost> {
  const daemon = await startChild({
    command: process.execPath,
    args: [join(packageRoot, 'bin/run.js'), 'serve', '-c', of.configFile],
    ready: /^ready infra=(\S+)/,
  })
  const dataDir = join(of.configFile, '..', 'data')
  return { name: of.name, address: daemon.ready, berty: of.berty, dataDir, daemon }
}

const inventoryOf = (hosts: readonly SandboxHost[]): string =>
  `peers:\n${hosts.map(({ name, address, berty }) => `  ${name}: {address: '${address}', berty: '${berty}'}\n`).join('')}`

/** One of the hosts makes a group, the others join it, and all read it. */
export async function makeGroup(fleet: Fleet, name: string): Promise<void> {
  const { outcomes } = await shareGroup(fleet, name, {})
  for (const one of outcomes) if (!one.ok) throw one.error
  await Promise.all(fleet.peers.map((peer) => peer.call('StartReceiving', { name })))
}

/** One text test on every host, until all have sent and what is under way has arrived. */
export async function runTest(
  fleet: Fleet,
  { size, intervalUs, amount, seed, drainUs = 2_000_000, signal }: RunOptions,
): Promise<RunReport> {
  const plan = {
    type: 'TEXT' as const,
    ...{ size: String(size), interval_us: String(intervalUs), amount: String(amount) },
    ...{ seed, drain_us: String(drainUs) },
  }
  await Promise.all(fleet.peers.map((peer) => peer.call('NewTest', { group: GROUP, test: TEST, plan })))
  const started = await startRun(fleet, { group: GROUP, test: TEST, run: undefined, waitReady: '30s' })
  for (const one of started) if (!one.ok) throw one.error
  const [first] = started
  await Promise.all(fleet.peers.map((peer) => untilDone(peer, signal)))
  return await fetchReport(fleet, first?.ok ? (first.result.run ?? undefined) : undefined, signal)
}

export interface RunOptions {
  readonly size: number
  readonly intervalUs: number
  readonly amount: number
  readonly seed: string
  readonly drainUs?: number
  readonly signal: AbortSignal
}

async function untilDone({ client }: Fleet['peers'][number], signal: AbortSignal): Promise<void> {
  for await (const { tests = [] } of client.stream('WatchTests', { group: GROUP, test: TEST }, { signal })) {
    if (tests.every(({ state }) => state === 'DONE')) return
  }
}
