import type { OwnMethod, PaidMethod } from '../../shared/wire/index.js'
import type { Claims, FreeCalls, Payments } from '../payments/index.js'
import { type ConfigurationDeps, configurationMethods } from './configuration/index.js'
import { freeCallMethods } from './free-call-service.js'
import { type HealthDeps, healthMethods } from './health-service.js'
import { providerMethods } from './provider-control.js'
import { getChannelState, getNoChannelState } from './state-service.js'
import { getNoToken, getToken } from './token-service.js'

export interface OwnServicesDeps extends HealthDeps {
  /** Undefined where calls are not paid. */
  readonly payments: Pick<Payments, 'channelState' | 'requestToken'> | undefined
  readonly claims: Claims | undefined
  readonly freeCalls: FreeCalls | undefined
  /** About models; some of them are paid for. */
  readonly training: readonly (OwnMethod | PaidMethod)[]
  readonly configuration: ConfigurationDeps
}

/**
 * The methods of the daemon's own services by their path: they take precedence over the proxied service, and only work
 * on models is paid for. Other methods of the same services are proxied (snet-wire 1).
 */
export function createOwnServices(deps: OwnServicesDeps): ReadonlyMap<string, OwnMethod | PaidMethod> {
  const methods = [
    deps.payments ? getChannelState(deps.payments) : getNoChannelState(),
    deps.payments ? getToken(deps.payments) : getNoToken(),
    ...providerMethods(deps.claims),
    ...freeCallMethods(deps.freeCalls),
    ...configurationMethods(deps.configuration),
    ...healthMethods(deps),
    ...deps.training,
  ]
  return new Map(methods.map((method) => [method.path, method]))
}
