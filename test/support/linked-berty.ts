import { openPeerLink, type PeerLinkConfig } from '../../src/daemon/infra/berty/index.js'
import type { Berty } from '../../src/daemon/infra/contract/berty.js'
import type { PeerLink } from '../../src/daemon/infra/contract/control.js'
import { type HostPort, parseHostPort } from '../../src/shared/host-port.js'
import { quietLog } from './quiet-log.js'
import { until } from './until.js'

export interface LinkedBerty extends AsyncDisposable {
  readonly link: PeerLink
  readonly berty: Berty
  readonly lines: string[]
}

/** Connected to whoever answers there. */
export async function linkBerty(endpoint: string, config: Partial<PeerLinkConfig> = {}): Promise<LinkedBerty> {
  const lines: string[] = []
  const liveness = { firstBackoffMs: 5, maxBackoffMs: 50 }
  const link = openPeerLink(
    { endpoint: parseHostPort(endpoint) as HostPort, allow: [], liveness, ...config },
    { log: quietLog(lines) },
  )
  await until('the link is connected', () => link.state.state === 'connected')
  return { link, berty: link.current(), lines, [Symbol.asyncDispose]: () => link[Symbol.asyncDispose]() }
}
