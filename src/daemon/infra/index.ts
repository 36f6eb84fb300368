import type { HostPort } from '../../shared/host-port.js'
import { Lifecycle } from '../../shared/lifecycle.js'
import type { PartHealth } from '../observability/index.js'
import type { Log } from '../observability/index.js'
import { encodeInvite, type InviteFormat, openPeerLink, parseInvite } from './berty/index.js'
import { systemClock } from '../../shared/clock.js'
import type { InfraControl, PeerState } from './contract/control.js'
import { createGroups, type InviteCodec } from './groups/index.js'
import { type LogsConfig, uploadLogs } from './logs/index.js'
import type { InfraStore } from './contract/store.js'
import { createReliability } from './reliability.js'
import { resetEverything } from './reset.js'
import { createTests } from './runs/index.js'
import { openInfraStore } from './store/index.js'
import { type InfraServerConfig, startInfraServer } from './server/index.js'

export { openInfraStore }

export interface InfraConfig extends InfraServerConfig {
  readonly inviteFormat: InviteFormat
  readonly bertyEndpoint: HostPort
  /** Hosts beside loopback where callers may name a Berty. */
  readonly peerAllow: readonly string[]
  readonly logs: LogsConfig
}

export interface InfraDeps {
  readonly log: Log
  /** Closed by whoever opened it, after this. */
  readonly store: InfraStore
}

export interface Infra extends AsyncDisposable {
  readonly address: HostPort
  /** Whether its Berty is there. */
  health(): PartHealth
  readonly figures: InfraFigures
}

export interface InfraFigures {
  readonly berty: string
  readonly state: PeerState['state']
  readonly groups: number
  readonly tests: number
  readonly testsRunning: number
}

/** Invites are kept in protobuf, and read in every form. */
const invites: InviteCodec = { encode: (invite) => encodeInvite(invite, 'proto'), parse: parseInvite }

/** Starts the control daemon, which goes on at once with what a former process was doing. */
export async function startInfra(config: InfraConfig, { log, store }: InfraDeps): Promise<Infra> {
  await using life = new Lifecycle()
  const nowUs = (): number => systemClock.nowUs()
  const peerConfig = { endpoint: config.bertyEndpoint, allow: config.peerAllow }
  const peer = await life.own('peer', openPeerLink(peerConfig, { log }))
  const groups = await life.own('groups', createGroups({ store, peer, invites, log }))
  const tests = await life.own('tests', createTests({ store, peer, groups, log }))
  const reliability = await life.own('reliability', createReliability({ log }))
  const control: InfraControl = {
    peer,
    groups,
    tests,
    reliability,
    uploadLogs: (asked, signal) => uploadLogs(config.logs, asked, signal),
    reset: async (options) => {
      reliability.set({ timeoutSeconds: 0, odds: 0 })
      return resetEverything({ tests, groups, store }, options)
    },
  }
  const server = await life.own('server', startInfraServer(config, { control, log, nowUs }))
  const owned = life.release()
  return {
    address: server.address,
    health: () => healthOf(peer.state),
    get figures() {
      const { state, endpoint } = peer.state
      const all = tests.list({})
      const testsRunning = all.filter(({ isRunning }) => isRunning).length
      return { berty: endpoint, state, groups: groups.list().length, tests: all.length, testsRunning }
    },
    [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
  }
}

const healthOf = ({ state }: PeerState): PartHealth =>
  state === 'connected' ? { ok: true } : { ok: false, reason: state === 'lost' ? 'Berty is lost' : 'no Berty answers' }
