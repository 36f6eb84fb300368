import { toSnetError } from '../../../shared/errors.js'
import { type Log, warnSeldom } from '../../observability/index.js'
import { UpstreamStatus } from '../failure.js'

/**
 * Tells the operator of calls that the service did not answer. Its own status is the service's business; that it has none
 * is the operator's.
 */
export function warnOfUnanswered(log: Log, endpoint: string): (fault: unknown) => void {
  const warn = warnSeldom(log)
  return (fault) => {
    const { kind, message, cause } = toSnetError(fault)
    if (kind === 'upstream-failed' && !(fault instanceof UpstreamStatus))
      warn('the service did not answer a call', { endpoint, reason: withCause(message, cause) })
  }
}

const withCause = (message: string, cause: unknown): string =>
  cause instanceof Error && !message.includes(cause.message) ? `${message}: ${cause.message}` : message

/** The same for who passes it on. */
export const passingOn =
  (tell: (fault: unknown) => void): ((fault: unknown) => never) =>
  (fault) => {
    tell(fault)
    throw fault
  }
