import type { MethodDescriptor } from '../content/index.js'
import { SnetError } from '../shared/errors.js'
import { type Connection, onlyAnswer } from '../shared/wire/index.js'
import type { PlannedPayment } from './payment.js'

export interface RunExtras {
  readonly headers?: Readonly<Record<string, string>>
  readonly timeoutMs: number
  /** Bound on one message of the answer. */
  readonly maxMessageBytes?: number | undefined
  readonly signal?: AbortSignal | undefined
  /** Called once the service has named the price. */
  readonly onPriced?: ((payment: PlannedPayment) => void) | undefined
}

/** The largest message that daemons let through unless their provider has raised the limit. */
const MAX_MESSAGE_BYTES = 4 * 1024 * 1024

/** One call with the payment that is in its headers. */
export async function* run(
  connection: Connection,
  method: MethodDescriptor,
  headers: Record<string, string | Uint8Array>,
  requests: AsyncIterable<unknown> | Iterable<unknown>,
  { timeoutMs, maxMessageBytes = MAX_MESSAGE_BYTES, signal }: RunExtras,
): AsyncIterable<unknown> {
  async function* encode(): AsyncGenerator<Uint8Array> {
    for await (const request of requests) yield method.encodeRequest(request)
  }
  const extras = { of: 'service', headers, timeoutMs, maxMessageBytes, signal } as const
  try {
    const answers = connection.call(method.path, encode(), extras)
    if (!method.responseStream) yield method.decodeResponse(await onlyAnswer(answers))
    else for await (const answer of answers) yield method.decodeResponse(answer)
  } catch (fault) {
    throw perhapsPaid(fault)
  }
}

/** The daemon has the signed payment by now: unless a status says how the call ended, it may have been kept. */
export function perhapsPaid(fault: unknown): unknown {
  if (!(fault instanceof SnetError) || fault.kind === 'cancelled' || 'grpc_status' in fault.details) return fault
  const { kind, message, details, hint, cause } = fault
  return new SnetError(kind, `${message}; the call may have been paid`, { details, hint, cause })
}
