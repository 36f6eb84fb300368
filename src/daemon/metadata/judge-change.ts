import type { ServiceContext } from './metadata.js'

/**
 * What of a change cannot be had without a restart, in the words of the metadata; empty where nothing. Stored payments
 * belong to these, and whoever signed one under the old meant the old.
 */
export function judgeChange(now: ServiceContext, next: ServiceContext): readonly string[] {
  const fixed: readonly (readonly [name: string, read: (context: ServiceContext) => string])[] = [
    ['payment_address', ({ terms }) => terms.recipient],
    ['group_id', ({ group }) => group.idText],
    ['mpe_address', ({ terms }) => terms.mpe],
    ['encoding', ({ encoding }) => encoding],
    ['service_type', ({ serviceType }) => serviceType],
  ]
  return fixed
    .filter(([, read]) => read(now) !== read(next))
    .map(([name, read]) => `${name} ${read(now)} -> ${read(next)}`)
}

export const hasSameEndpoints = (now: ServiceContext, next: ServiceContext): boolean =>
  [...now.storage.endpoints].sort().join(' ') === [...next.storage.endpoints].sort().join(' ')
