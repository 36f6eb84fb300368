import type { Account } from './account.js'
import type { Host } from './replica.js'

const MEGA = 1_000_000

function connectionsOf({ host, core }: Account): Host[] {
  return core.hosts().filter((each) => each !== host && each.isUp && core.links.isOpen(host.name, each.name))
}

const processInfo = ({ host, core }: Account, version: string): object => ({
  version,
  vcs_ref: 'n/a',
  uptime_ms: String(Math.round(core.now() - host.startedAt)),
  started_at: String(Math.round(host.startedAt / 1000)),
  num_goroutine: '400',
  pid: String(process.pid),
})

/** Only generation A tells Berty's own version here; later ones tell that of the library below it. */
export function protocolSystemInfo(account: Account): object {
  const { version, protocolTellsVersion } = account.host.traits
  return {
    process: processInfo(account, protocolTellsVersion ? version : 'n/a'),
    p2p: { connected_peers: String(connectionsOf(account).length) },
  }
}

export const messengerSystemInfo = (account: Account): object => ({
  protocol: protocolSystemInfo(account),
  messenger: { process: processInfo(account, account.host.traits.version), protocol_in_same_process: true },
})

export const listPeers = (account: Account): object => ({
  peers: connectionsOf(account).map(({ peerId }, at) => ({
    id: peerId,
    routes: [
      { address: `/ip4/127.0.0.1/tcp/${String(10_101 + at)}`, direction: 2, latency: String(MEGA) },
      { is_active: true, address: `/ip4/127.0.0.1/tcp/${String(40_101 + at)}`, direction: 1 },
    ],
    is_active: true,
    direction: 3,
  })),
})
