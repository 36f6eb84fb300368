import { setMaxListeners } from 'node:events'
import { ReflectionService } from '@grpc/reflection'
import { HealthImplementation } from 'grpc-health-check'
import { SnetError } from '../../../shared/errors.js'
import type { HostPort } from '../../../shared/host-port.js'
import { loadDefinition } from '../../../shared/wire/grpc/index.js'
import type { Log } from '../../observability/index.js'
import type { InviteFormat } from '../berty/index.js'
import type { InfraControl } from '../contract/control.js'
import { addLegacyServices, LEGACY_FILES } from './legacy/index.js'
import { createServerFor, listen, type ListenerConfig } from './listener.js'
import { addInfraService, INFRA_FILE, INFRA_SERVICE } from './v1/index.js'

export interface InfraServerConfig extends ListenerConfig {
  readonly inviteFormat: InviteFormat
}

export interface InfraServerDeps {
  readonly control: InfraControl
  readonly log: Log
  /** Microseconds since 1970. */
  readonly nowUs: () => number
}

export interface InfraServer extends AsyncDisposable {
  readonly address: HostPort
}

/** Serves the control daemon: the older services, our own, reflection and health, on one port. */
export async function startInfraServer(
  config: InfraServerConfig,
  { control, log, nowUs }: InfraServerDeps,
): Promise<InfraServer> {
  const stop = new AbortController()
  // One for each call that is under way.
  setMaxListeners(0, stop.signal)
  const deps = { control, log, nowUs, inviteFormat: config.inviteFormat, stopping: stop.signal }
  const guarded = createServerFor(config)
  const { server } = guarded
  addLegacyServices(server, deps)
  addInfraService(server, deps)
  new ReflectionService(loadDefinition(...LEGACY_FILES, INFRA_FILE)).addToServer(server)
  const health = new HealthImplementation({ '': 'SERVING', [INFRA_SERVICE]: 'SERVING' })
  health.addToServer(server)
  const listener = await listen(guarded, config, { log })
  return {
    address: listener.address,
    async [Symbol.asyncDispose]() {
      health.setStatus('', 'NOT_SERVING')
      health.setStatus(INFRA_SERVICE, 'NOT_SERVING')
      stop.abort(new SnetError('unavailable', 'the control daemon is stopping'))
      await listener[Symbol.asyncDispose]()
    },
  }
}
