import { toSnetError } from '../../shared/errors.js'
import type { Log } from '../observability/index.js'
import type { Onlooker } from './call.js'
import type { CallFigures } from './call-figures.js'

/** One line and one count per call: refusals are the client's business and told at debug, faults of ours at error with the cause. */
export const observe =
  (log: Log, figures?: CallFigures): Onlooker =>
  (call) => {
    const start = performance.now()
    return (thrown) => {
      const ms = performance.now() - start
      const fields = { method: call.method, ms: Math.round(ms), client: call.client, payer: call.payer }
      if (thrown === undefined) {
        figures?.ended(call.method, 'ok', ms)
        log.debug('call served', fields)
        return
      }
      const { kind, message } = toSnetError(thrown)
      figures?.ended(call.method, kind, ms, message)
      if (kind === 'bug') log.error('call failed on a fault of the daemon', { ...fields, error: thrown })
      else if (kind === 'storage-failed') log.error('payment could not be stored', { ...fields, reason: message })
      else log.debug('call refused', { ...fields, kind, reason: message })
    }
  }
