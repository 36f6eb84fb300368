import { toSnetError } from '../../shared/errors.js'
import type { Log } from '../observability/index.js'
import type { Filter } from './call.js'

/** One line per call: refusals are the client's business and told at debug, faults of ours at error with the cause. */
export const observe =
  (log: Log): Filter =>
  async (call, next) => {
    const start = performance.now()
    const fields = (): Record<string, unknown> => ({
      method: call.method,
      ms: Math.round(performance.now() - start),
      ...(call.payer && { payer: call.payer }),
    })
    try {
      await next()
      log.debug('call served', fields())
    } catch (thrown) {
      const { kind, message } = toSnetError(thrown)
      if (kind === 'bug') log.error('call failed on a fault of the daemon', { ...fields(), error: thrown })
      else if (kind === 'storage-failed') log.error('payment could not be stored', { ...fields(), reason: message })
      else log.debug('call refused', { ...fields(), kind, reason: message })
      throw thrown
    }
  }
