import { SnetError } from '../shared/errors.js'
import type { Lifecycle } from '../shared/lifecycle.js'
import type { OpenTokens } from '../shared/tokens.js'
import type { PublishedMethods } from './gateway/index.js'
import type { Log } from './observability/index.js'
import type { DaemonConfig } from '../settings/index.js'
import { openSharedRates, type SharedRatesDeps } from './shared-rates/index.js'
import type { Storage } from './storage/index.js'

export interface RatesDeps extends Pick<SharedRatesDeps, 'table' | 'service'> {
  readonly life: Lifecycle
  readonly storage: Pick<Storage, 'backend' | 'processes'>
}

/** Where tokens are taken that replicas share; undefined where each has its own. Error: `invalid-config` without an etcd. */
export async function openTokensOf(
  config: Pick<DaemonConfig, 'rate_limit_shared'>,
  { life, storage, table, service }: RatesDeps,
): Promise<OpenTokens | undefined> {
  if (!config.rate_limit_shared) return undefined
  const { backend, processes } = storage
  if (backend !== 'etcd')
    throw new SnetError(
      'invalid-config',
      `rate_limit_shared: there is nothing that replicas share, since payments are kept by this daemon alone (${backend})`,
      { hint: 'Set payment_channel_storage_type to etcd, or leave rate_limit_shared false.' },
    )
  const opening = openSharedRates({ table, processes, service })
  return (await life.own('shared rates', opening)).openTokens
}

/** A name with a mistake in it limits nothing, which nobody would notice. */
export function tellUnknownLimits(
  { rate_limits: limits }: Pick<DaemonConfig, 'rate_limits'>,
  { methods, services, log }: { methods: PublishedMethods; services: readonly string[]; log: Log },
): void {
  const isKnown = (name: string): boolean =>
    name.endsWith('/*')
      ? services.length === 0 || services.includes(name.slice(1, -2))
      : methods.find(name) !== undefined
  const unknown = limits.map(({ method }) => method).filter((name) => !isKnown(name))
  if (unknown.length > 0)
    log.warn('rate_limits names what the service does not publish, which limits nothing', {
      methods: unknown.slice(0, 20),
    })
}
