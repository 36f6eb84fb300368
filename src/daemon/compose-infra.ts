import { hostPortText } from '../shared/host-port.js'
import type { Lifecycle } from '../shared/lifecycle.js'
import type { InfraAccess, LoadedConfig } from '../settings/index.js'
import type { InfraView } from './api/index.js'
import type { DataDir } from './data-dir/index.js'
import type { Health, Log } from './observability/index.js'
import { infraConfig } from './room-configs.js'

export interface InfraPartDeps {
  readonly life: Lifecycle
  readonly log: Log
  readonly health: Health
  readonly dataDir: DataDir
}

/** The control daemon, open. */
export interface InfraPart {
  readonly endpoint: string
  figures(): InfraView
}

/** The control daemon beside a Berty, with its state in data_dir. */
export async function openInfra(
  { config }: LoadedConfig,
  access: InfraAccess,
  { life, log, health, dataDir }: InfraPartDeps,
): Promise<InfraPart> {
  // A gate alone needs nothing of it.
  const { openInfraStore, startInfra } = await import('./infra/index.js')
  const store = await life.own('infra store', openInfraStore(dataDir.path))
  const infra = await life.own('infra', startInfra(infraConfig(config, access, dataDir), { log, store }))
  // A gate beside it can do its work without any Berty: its readiness is not for a Berty to spoil.
  if (!config.gate_enabled) health.watch('berty', () => infra.health())
  const endpoint = hostPortText(infra.address)
  return {
    endpoint,
    figures: () => {
      const { berty, state, groups, tests, testsRunning } = infra.figures
      return {
        endpoint,
        tls: access.tls !== undefined,
        token: access.token !== undefined,
        clientCertificate: access.tls?.ca !== undefined,
        ...{ berty, bertyState: state, groups, tests, testsRunning },
      }
    },
  }
}
