import { toSnetError } from '../../../shared/errors.js'
import { type Log, warnSeldom } from '../../observability/index.js'
import { UpstreamStatus } from '../failure.js'

/**
 * Tells the operator of calls that the service did not answer, and passes on why. Its own status is the service's
 * business; that it has none is the operator's.
 */
export function warnOfUnanswered(log: Log, endpoint: string): (fault: unknown) => never {
  const warn = warnSeldom(log)
  return (fault) => {
    const { kind, message } = toSnetError(fault)
    if (kind === 'upstream-failed' && !(fault instanceof UpstreamStatus))
      warn('the service did not answer a call', { endpoint, reason: message })
    throw fault
  }
}
