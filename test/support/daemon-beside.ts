import { startInfra } from '../../src/daemon/infra/index.js'
import { openInfraStore } from '../../src/daemon/infra/store/index.js'
import type { FleetPeer } from '../../src/client/fleet/index.js'
import { Lifecycle } from '../../src/shared/lifecycle.js'
import { quietLog } from './quiet-log.js'

/** A control daemon in this process, with its listener, beside a Berty. */
export interface DaemonBeside extends AsyncDisposable {
  readonly target: Omit<FleetPeer, 'client' | 'call'>
}

/** @param endpoint HOST:PORT of the Berty, which need not be there */
export async function startDaemonBeside(name: string, endpoint: string, dataDir: string): Promise<DaemonBeside> {
  const life = new Lifecycle()
  const store = await life.own('store', openInfraStore(dataDir))
  const bertyEndpoint = { host: '127.0.0.1', port: Number(endpoint.split(':')[1]) }
  const config = {
    ...{ endpoint: { host: '127.0.0.1', port: 0 }, tls: undefined, token: undefined, inviteFormat: 'proto' as const },
    ...{ bertyEndpoint, peerAllow: [], logs: { directory: 'logs', target: undefined } },
  }
  const infra = await life.own('infra', startInfra(config, { log: quietLog(), store }))
  const address = `127.0.0.1:${infra.address.port}`
  return {
    target: { name, address, kind: 'peer', berty: endpoint, access: { address, tls: undefined, token: undefined } },
    [Symbol.asyncDispose]: () => life[Symbol.asyncDispose](),
  }
}
