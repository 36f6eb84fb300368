import { Fleet } from '../../src/client/fleet/index.js'
import { Lifecycle } from '../../src/shared/lifecycle.js'
import { type ControlHost, type HostAnswers, startControlHost } from './control-host.js'

export interface ControlFleet extends AsyncDisposable {
  readonly hosts: readonly ControlHost[]
  /** Connections to them, under the names p1, p2, … */
  readonly fleet: Fleet
}

/** Control daemons of few words, and a fleet of them. */
export async function openControlFleet(...answers: readonly HostAnswers[]): Promise<ControlFleet> {
  const life = new Lifecycle()
  const hosts: ControlHost[] = []
  for (const one of answers) hosts.push(await life.own('host', startControlHost(one)))
  const fleet = new Fleet(
    hosts.map(({ address }, at) => ({
      ...{ name: `p${at + 1}`, address, kind: 'peer', berty: undefined },
      access: { address, token: undefined, tls: undefined },
    })),
  )
  await life.own('connections', { [Symbol.asyncDispose]: async () => fleet[Symbol.dispose]() })
  return { hosts, fleet, [Symbol.asyncDispose]: () => life[Symbol.asyncDispose]() }
}
