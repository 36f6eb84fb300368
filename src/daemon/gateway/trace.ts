import { toSnetError } from '../../shared/errors.js'
import type { Traces } from '../observability/index.js'
import type { PaidCall } from '../payments/index.js'
import type { Call, Onlooker } from './call.js'

export interface Tracing {
  readonly traces: Traces
  /**
   * Whether calls go on in the traces of their clients. By default they begin their own: whoever may call could else fill
   * the operator's traces under any name, and have each of his calls recorded.
   */
  readonly trustsClients: boolean
}

/** The trace of a call, from its headers to the end of its answer. */
export const trace =
  ({ traces, trustsClients }: Tracing): Onlooker =>
  (call) => {
    const span = traces.begin(call.method, trustsClients ? call.metadata.first('traceparent') : undefined)
    span.set('rpc.system', 'grpc')
    call.span = span
    return (thrown) => {
      if (thrown !== undefined) return span.end(toSnetError(thrown).kind)
      if (call.payer) span.set('snetd.payer', call.payer)
      span.end()
    }
  }

/** Does a phase of a call; what it asks of the service is within it. */
export async function inPhase<Result>(call: Call, name: string, work: () => Promise<Result>): Promise<Result> {
  const { span: whole } = call
  if (!whole) return await work()
  const span = (call.span = whole.child(name))
  try {
    const result = await work()
    span.end()
    return result
  } catch (fault) {
    span.end(toSnetError(fault).kind)
    throw fault
  } finally {
    call.span = whole
  }
}

/**
 * The phases of taking a payment: `validate` until it is known who pays, then `hold`, with what the service is asked for
 * a price, until the call may go on.
 */
export async function inPaymentPhases<Result>(
  call: Call,
  onPayer: PaidCall['onPayer'],
  take: (onPayer: PaidCall['onPayer']) => Promise<Result>,
): Promise<Result> {
  const { span: whole } = call
  if (!whole) return await take(onPayer)
  let phase = (call.span = whole.child('validate'))
  try {
    const result = await take(async (payer) => {
      await onPayer?.(payer)
      phase.end()
      phase = call.span = whole.child('hold')
    })
    phase.end()
    return result
  } catch (fault) {
    phase.end(toSnetError(fault).kind)
    throw fault
  } finally {
    call.span = whole
  }
}
