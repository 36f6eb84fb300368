import { join } from 'node:path'
import { Fleet, type FleetPeer } from '../../src/client/fleet/index.js'
import { makeGroup } from '../../src/sandbox/infra.js'
import { Lifecycle } from '../../src/shared/lifecycle.js'
import { type Served, startServe } from '../support/serve.js'
import { until } from '../support/until.js'
import type { Bertys } from './bertys.js'

/** A control daemon as a process of its own beside each Berty, and one group of all. */
export interface Hosts extends AsyncDisposable {
  readonly fleet: Fleet
  readonly group: string
  /** kill -9, and a new process on the same data. */
  killAndRestart(at: number): Promise<void>
}

export async function openHosts({ endpoints }: Bertys, directory: string): Promise<Hosts> {
  const life = new Lifecycle()
  const served: Served[] = []
  const start = async (at: number, infraEndpoint = '127.0.0.1:0'): Promise<Served> => {
    const settings = { gate_enabled: 'false', infra_enabled: 'true', infra_endpoint: infraEndpoint }
    const berty = { infra_berty_endpoint: endpoints[at] ?? '' }
    return (served[at] = await startServe({ ...settings, ...berty }, join(directory, String(at))))
  }
  await life.own('daemons', {
    [Symbol.asyncDispose]: async () => {
      await Promise.all(served.map((each) => each[Symbol.asyncDispose]()))
    },
  })
  const addresses: string[] = []
  for (const at of endpoints.keys()) addresses.push((await start(at)).infra ?? '')
  const targets = addresses.map((address, at) => ({
    ...{ name: `peer${at + 1}`, address, kind: 'peer', berty: endpoints[at] ?? '' },
    access: { address, tls: undefined, token: undefined },
  }))
  const fleet = new Fleet(targets)
  await life.own('fleet', { [Symbol.asyncDispose]: async () => fleet[Symbol.dispose]() })
  const group = `suite ${Date.now()}`
  await makeGroup(await oldestFirst(fleet), group)
  await life.own('group', {
    [Symbol.asyncDispose]: async () => {
      await fleet.each((peer) => peer.call('LeaveGroup', { name: group }))
    },
  })
  return {
    ...{ fleet, group },
    async killAndRestart(at) {
      served[at]?.process.kill('SIGKILL')
      await served[at]?.ended
      await start(at, addresses[at])
    },
    [Symbol.asyncDispose]: () => life[Symbol.asyncDispose](),
  }
}

/** A group that a newer Berty has made never gets ready for one older (berty 3.7, under load). */
async function oldestFirst(fleet: Fleet): Promise<Pick<Fleet, 'peers'> & Fleet> {
  const eras = new Map<FleetPeer, string>()
  for (const peer of fleet.peers)
    await until(`${peer.name} is connected`, async () => {
      const { state, era = '' } = await peer.call('GetPeer', {})
      eras.set(peer, era)
      return state === 'CONNECTED'
    })
  const peers = [...fleet.peers].sort((one, other) => ((eras.get(one) ?? '') < (eras.get(other) ?? '') ? -1 : 1))
  return Object.assign(Object.create(fleet) as Fleet, { peers })
}
