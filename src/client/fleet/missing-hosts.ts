import { SnetError } from '../../shared/errors.js'
import { isGone } from '../reopen.js'
import type { PeerOutcome } from './fleet.js'

/** A host that cannot be asked, in contrast to one that refuses. */
export const isAway = (one: PeerOutcome<unknown>): boolean => !one.ok && isGone(one.error)

/**
 * Does nothing anywhere unless every host can take part. Hosts that are away may be missing if the user said so, but never
 * all of them. Error: that of the first host that stands in the way.
 *
 * @param undone what was not done; the error begins with it
 */
export function requireHosts(
  outcomes: readonly PeerOutcome<unknown>[],
  { allowMissing, undone }: { allowMissing: boolean; undone: string },
): void {
  const failures = outcomes.flatMap((one) => (one.ok ? [] : [one]))
  const fatal = failures.filter((one) => !allowMissing || !isAway(one) || failures.length === outcomes.length)
  const [first] = fatal
  if (!first) return
  const { kind, hint } = first.error
  const why = fatal.map(({ peer, error }) => `${peer}: ${error.message}`).join('\n')
  throw new SnetError(kind, outcomes.length === 1 ? first.error.message : `${undone}, for ${why}`, {
    hint:
      isAway(first) && failures.length < outcomes.length
        ? 'Use --allow-missing to continue with the hosts that answer.'
        : hint,
    cause: first.error,
  })
}
