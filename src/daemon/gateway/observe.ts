import { toSnetError } from '../../shared/errors.js'
import type { Log } from '../observability/index.js'
import type { Filter } from './call.js'
import type { CallFigures } from './call-figures.js'

/** One line and one count per call: refusals are the client's business and told at debug, faults of ours at error with the cause. */
export const observe =
  (log: Log, figures?: CallFigures): Filter =>
  async (call, next) => {
    const start = performance.now()
    const fields = (ms: number): Record<string, unknown> => ({
      method: call.method,
      ms: Math.round(ms),
      ...(call.client && { client: call.client }),
      ...(call.payer && { payer: call.payer }),
    })
    try {
      await next()
      const ms = performance.now() - start
      figures?.ended(call.method, 'ok', ms)
      log.debug('call served', fields(ms))
    } catch (thrown) {
      const ms = performance.now() - start
      const { kind, message } = toSnetError(thrown)
      figures?.ended(call.method, kind, ms, message)
      if (kind === 'bug') log.error('call failed on a fault of the daemon', { ...fields(ms), error: thrown })
      else if (kind === 'storage-failed') log.error('payment could not be stored', { ...fields(ms), reason: message })
      else log.debug('call refused', { ...fields(ms), kind, reason: message })
      throw thrown
    }
  }
