import type { OwnMethod } from '../../shared/wire/index.js'
import type { Claims, FreeCalls, Payments } from '../payments/index.js'
import { freeCallMethods } from './free-call-service.js'
import { type HealthDeps, healthMethods } from './health-service.js'
import { providerMethods } from './provider-control.js'
import { getChannelState, getNoChannelState } from './state-service.js'

export interface OwnServicesDeps extends HealthDeps {
  /** Undefined where calls are not paid. */
  readonly payments: Pick<Payments, 'channelState'> | undefined
  readonly claims: Claims | undefined
  readonly freeCalls: FreeCalls | undefined
}

/**
 * The methods of the daemon's own services by their path: unpaid, and taking precedence over the proxied service.
 * Other methods of the same services are proxied (snet-wire 1).
 */
export function createOwnServices({
  payments,
  claims,
  freeCalls,
  ...deps
}: OwnServicesDeps): ReadonlyMap<string, OwnMethod> {
  const methods = [
    payments ? getChannelState(payments) : getNoChannelState(),
    ...providerMethods(claims),
    ...freeCallMethods(freeCalls),
    ...healthMethods(deps),
  ]
  return new Map(methods.map((method) => [method.path, method]))
}
