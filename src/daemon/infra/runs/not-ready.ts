import { SnetError } from '../../../shared/errors.js'
import type { MissingKeys } from '../contract/sending-group.js'
import type { StoredTest } from '../contract/records.js'

const NAMED = 5

/** Tells who lacks whose key, by the controller's names for the hosts. */
export function notReady(missing: readonly MissingKeys[], start: NonNullable<StoredTest['start']>): SnetError {
  const { waitFor, waitMs, names = [], self = 'this host' } = start
  const nameOf = (device: string): string => names[waitFor.findIndex((one) => one === device)] ?? `device ${device}`
  const told = missing.slice(0, NAMED).map(({ device, lacks }) => {
    const other = nameOf(device)
    switch (lacks) {
      case 'membership':
        return `${other} is not in the group, as ${self} sees it`
      case 'its key':
        return `${self} lacks the key of ${other}`
      case 'our key':
        return `${other} lacks the key of ${self}`
      case 'own keys':
        return `${self} does not know yet who it is in the group`
    }
  })
  if (missing.length > NAMED) told.push(`${missing.length - NAMED} more`)
  return new SnetError('timed-out', `not ready within ${waitMs / 1_000} s: ${[...new Set(told)].join('; ')}`)
}
