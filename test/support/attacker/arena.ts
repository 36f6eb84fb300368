import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Child, startChild } from '../../../src/sandbox/child.js'
import type { Network } from '../../../src/sandbox/index.js'
import { Lifecycle } from '../../../src/shared/lifecycle.js'
import { makeCertificates } from '../certificates.js'
import { type StartedGate, startGate } from '../gates.js'
import { openTestNetwork } from '../network.js'
import { type AttackPlan, type AttackReport, type Place, REPORT } from './plan.js'

/** Room for objects that is soon full of a leak. */
const HEAP = '--max-old-space-size=128 --max-semi-space-size=2'
/** The collector can be called, so that what only waits for it is not taken for a leak. */
const GATE_OPTIONS = `${HEAP} --expose-gc --require ${join(import.meta.dirname, 'collect.cjs')}`
/** Connections to the service that a gate may keep open. */
export const SERVICE_CONNECTIONS = 8
const LIMITS = {
  first_message_timeout: '2s',
  max_service_connections: SERVICE_CONNECTIONS,
  // The usual 4096 of some 14 kB each, and those just sent away, would not fit into that heap.
  max_calls_waiting: 1024,
}
const CHANNELS = 8
const CHANNEL_VALUE = 10_000_000n
export const TOKEN = 'the-token-of-the-controller'

/** A daemon that is attacked. */
export interface Attacked {
  readonly gate: StartedGate
  readonly place: Place
  /** Channels that the attacker pays with. */
  readonly channels: readonly bigint[]
  /** Channels of honest clients: one that makes calls, one that holds a stream open. */
  readonly honest: readonly [bigint, bigint]
}

/** The whole network with two daemons to attack, and who attacks them. */
export interface Arena extends AsyncDisposable {
  readonly network: Network
  /** Cleartext, with a control port, before a service that answers as it likes. */
  readonly open: Attacked
  /** TLS, before an honest service. */
  readonly tls: Attacked
  readonly control: Place
  /** What every plan says of the places and the money. */
  readonly grounds: Grounds
  /** Resolves with what the attacker tells at the end of its time. */
  attack(terms: AttackTerms): Promise<AttackReport>
  /** What the attacker did, as far back as lines are kept. */
  acts(): readonly string[]
  /** Ends the hostile service; resolves with the number of calls that reached it. */
  stopService(): Promise<number>
}

export type AttackTerms = Omit<AttackPlan, keyof Grounds>
export type Grounds = Pick<AttackPlan, 'places' | 'channels' | 'mpe' | 'key' | 'block' | 'price'>

export async function openArena(): Promise<Arena> {
  const life = new Lifecycle()
  try {
    const network = await life.own('network', openTestNetwork())
    const service = await life.own('service', startProgram('service/program.ts', /^ready service=(\S+)/))
    const [open, tls] = [await openGate(network, service.ready, life), await tlsGate(network, life)]
    const control = placeAt('control', controlOf(open.gate.child))
    const grounds = await groundsOf(network, [open, tls], control)
    let attacker: Child | undefined
    return {
      ...{ network, open, tls, control, grounds },
      async attack(terms) {
        const file = join(network.directory, 'attack.json')
        await writeFile(file, JSON.stringify({ ...grounds, ...terms } satisfies AttackPlan), { mode: 0o600 })
        await using running = await startProgram('program.ts', /^attacking/, file)
        attacker = running
        await running.ended
        return JSON.parse(lineAfter(running, REPORT)) as AttackReport
      },
      acts: () => attacker?.lines.filter((line) => !line.startsWith(REPORT)) ?? [],
      async stopService() {
        await service[Symbol.asyncDispose]()
        return Number(lineAfter(service, 'calls '))
      },
      [Symbol.asyncDispose]: () => life[Symbol.asyncDispose](),
    }
  } catch (fault) {
    await life[Symbol.asyncDispose]()
    throw fault
  }
}

/** A program of this folder as a child, which does not outlive us. */
const startProgram = (file: string, ready: RegExp, ...args: string[]): Promise<Child> =>
  startChild({
    command: process.execPath,
    args: ['--import', 'tsx', join(import.meta.dirname, file), ...args],
    ready,
  })

function lineAfter({ lines }: Child, start: string): string {
  const line = lines.findLast((one) => one.startsWith(start))
  if (line === undefined) throw new Error(`no line "${start}…":\n${lines.slice(-20).join('\n')}`)
  return line.slice(start.length)
}

async function openGate(network: Network, service: string, life: Lifecycle): Promise<Attacked> {
  const tokenFile = join(network.directory, 'control-token')
  await writeFile(tokenFile, `${TOKEN}\n`, { mode: 0o600 })
  const changes = {
    ...LIMITS,
    service_endpoint: `http://${service}`,
    ...{ infra_enabled: true, infra_endpoint: '127.0.0.1:0', infra_token_file: tokenFile },
    infra_berty_endpoint: '127.0.0.1:1',
  }
  return await attacked(
    network,
    'open',
    await life.own('open gate', startGate(network, 'open', changes, { NODE_OPTIONS: GATE_OPTIONS })),
  )
}

async function tlsGate(network: Network, life: Lifecycle): Promise<Attacked> {
  const certificates = await life.own('certificates', makeCertificates())
  const { certFile, keyFile } = certificates.make('gate')
  const changes = { ...LIMITS, ssl_cert: certFile, ssl_key: keyFile }
  return await attacked(
    network,
    'tls',
    await life.own('tls gate', startGate(network, 'tls', changes, { NODE_OPTIONS: GATE_OPTIONS })),
  )
}

async function attacked(network: Network, name: Place['name'], gate: StartedGate): Promise<Attacked> {
  const channel = (): Promise<bigint> => network.openChannel({ value: CHANNEL_VALUE })
  const channels: bigint[] = []
  for (let i = 0; i < CHANNELS; i++) channels.push(await channel())
  return { gate, place: placeAt(name, gate.endpoint), channels, honest: [await channel(), await channel()] }
}

function placeAt(name: Place['name'], endpoint: string): Place {
  const [host, port] = endpoint.split(':') as [string, string]
  return { name, host, port: Number(port), tls: name === 'tls' }
}

function controlOf({ lines }: Child): string {
  const [, endpoint] = lines.map((line) => /^ready .*infra=(\S+)/.exec(line)).find(Boolean) ?? []
  if (endpoint === undefined) throw new Error('the daemon has no control port')
  return endpoint
}

const groundsOf = async (network: Network, gates: readonly Attacked[], control: Place): Promise<Grounds> => ({
  places: [...gates.map(({ place }) => place), control],
  channels: Object.fromEntries(gates.map(({ place, channels }) => [place.name, channels.map(String)])),
  mpe: network.contracts.mpe,
  key: network.client.key,
  block: String(await network.provider.getBlockNumber()),
  price: network.priceInCogs,
})
