import { join } from 'node:path'
import { Fleet, type FleetPeer } from '../../src/client/fleet/index.js'
import {
  type BertyNetwork,
  type BertyNetworkOptions,
  createBertyNetwork,
  type Era,
} from '../../src/sandbox/berty/index.js'
import { makeGroup } from '../../src/sandbox/infra.js'
import { Lifecycle } from '../../src/shared/lifecycle.js'
import type { TestPlanMessage } from '../../src/shared/wire/index.js'
import { startDaemonBeside } from './daemon-beside.js'
import { until } from './until.js'

/** Fake Bertys with their load, a control daemon beside each, and one group of all. */
export interface LoadedBertys extends AsyncDisposable {
  readonly net: BertyNetwork
  readonly fleet: Fleet
}

const GROUP = 'chat'

export async function openLoadedBertys(
  path: string,
  eras: readonly Era[],
  options: Omit<BertyNetworkOptions, 'seed'> = {},
): Promise<LoadedBertys> {
  const life = new Lifecycle()
  const net = await life.own('net', createBertyNetwork({ seed: 'loaded', ...options }))
  const targets = []
  for (const [at, era] of eras.entries()) {
    const name = `peer${at + 1}`
    const { endpoint } = await net.startPeer({ name, era })
    targets.push((await life.own('daemon', startDaemonBeside(name, endpoint, join(path, name)))).target)
  }
  const fleet = new Fleet(targets)
  await life.own('fleet', { [Symbol.asyncDispose]: async () => fleet[Symbol.dispose]() })
  await until('all daemons are connected', async () => {
    const peers = await fleet.each((peer) => peer.call('GetPeer', {}))
    return peers.every((one) => one.ok && one.result.state === 'CONNECTED')
  })
  await makeGroup(fleet, GROUP)
  return { net, fleet, [Symbol.asyncDispose]: () => life[Symbol.asyncDispose]() }
}

/** Times of real Bertys, in the µs of the suites. */
export const scaledUs = ({ settings }: BertyNetwork, ms: number): string =>
  String(Math.round(ms * 1_000 * settings.load.scale))

/** One run on all of them, each waiting for the keys of all others; returns when all have begun. */
export async function startOnAll({ peers }: Fleet, run: string, plan: TestPlanMessage): Promise<void> {
  const devices = await Promise.all(
    peers.map(async (peer) => {
      let device: Uint8Array | undefined
      await until(`${peer.name} is in the group`, async () => {
        const { groups = [] } = await peer.call('ListGroups', {})
        device = groups.find(({ name }) => name === GROUP)?.device_pk
        return device !== undefined
      })
      return device as Uint8Array
    }),
  )
  const request = { group: GROUP, test: '0' }
  await Promise.all(
    peers.map(async (peer, at) => {
      await peer.call('NewTest', { ...request, plan: { type: 'TEXT', size: '300', seed: 's', ...plan } })
      const wait_for_devices = devices.filter((_device, other) => other !== at)
      await peer.call('StartTest', { ...request, run_id: run, wait_for_devices, wait_us: '60000000' })
    }),
  )
}

export const testOf = async (peer: FleetPeer) => (await peer.call('ListTests', { group: GROUP, test: '0' })).tests?.[0]

export const untilState = (peers: readonly FleetPeer[], ...states: string[]): Promise<void> =>
  until(
    `the test is ${states.join(' or ')} at ${peers.map(({ name }) => name).join(', ')}`,
    async () => (await Promise.all(peers.map(testOf))).every((one) => states.includes(one?.state ?? '')),
    { everyMs: 30, limitMs: 80_000 },
  )

export const untilSent = (peer: FleetPeer, least: number): Promise<void> =>
  until(`${peer.name} has sent ${least}`, async () => Number((await testOf(peer))?.sent ?? 0) >= least, {
    everyMs: 10,
    limitMs: 80_000,
  })

/** Nothing is on its way any more. */
export const untilSettled = (net: BertyNetwork): Promise<void> =>
  until(
    'every message has its fate',
    () =>
      net
        .truth()
        .messages.every(({ members }) =>
          [...members.values()].every(({ state }) => state !== 'pending' && state !== 'withheld'),
        ),
    { everyMs: 20, limitMs: 80_000 },
  )
