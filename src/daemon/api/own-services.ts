import type { OwnMethod } from '../../shared/wire/index.js'
import type { Payments } from '../payments/index.js'
import { getChannelState, getNoChannelState } from './state-service.js'

/**
 * The methods of the daemon's own services by their path: unpaid, and taking precedence over the proxied service.
 * Other methods of the same services are proxied (snet-wire 1).
 *
 * @param deps.payments undefined where calls are not paid
 */
export function createOwnServices({
  payments,
}: {
  payments: Pick<Payments, 'channelState'> | undefined
}): ReadonlyMap<string, OwnMethod> {
  const methods: OwnMethod[] = [payments ? getChannelState(payments) : getNoChannelState()]
  return new Map(methods.map((method) => [method.path, method]))
}
