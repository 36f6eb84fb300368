import type { Address } from '../../../shared/units.js'
import type { FreeCallCount, FreeCallUser } from '../ports.js'
import type { FreeCallDeps } from './deps.js'

/** Calls that this address has in all: its own quota, else everybody's (snet-behaviour 3.6). */
export function quotaOf(
  { quotas, terms }: Pick<FreeCallDeps, 'quotas' | 'terms'>,
  address: Address,
): bigint | 'unlimited' {
  const own = quotas.get(address) ?? 0n
  return own === 0n ? terms.current.quota : own
}

export const isSpent = (quota: bigint | 'unlimited', made: bigint): boolean => quota !== 'unlimited' && made >= quota

/** Calls of one service are counted apart; the spelling of the address is always the same one. */
export const countKey = ({ service }: Pick<FreeCallCount, 'service'>, { address, userId }: FreeCallUser): string =>
  `${service}/${address}/${userId}`

/** The user as messages name him. */
export const userText = (
  { organization, service, group }: FreeCallDeps['of'],
  { address, userId }: FreeCallUser,
): string => `{ID:${address}/${userId}/${organization}/${service}/${group}}`
