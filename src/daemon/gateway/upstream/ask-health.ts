import type { MethodDefinition } from '@grpc/grpc-js'
import { status } from '../../../shared/grpc-status.js'
import { SnetError } from '../../../shared/errors.js'
import { type HealthCheckRequest, type HealthCheckResponse, loadHealthService } from '../../../shared/wire/index.js'
import { UpstreamStatus } from '../failure.js'
import { ask, type AskOptions } from './ask.js'
import type { Upstream } from './upstream.js'

/**
 * The status that the service's own health service gives a name; undefined where it does not know the name. Errors, in
 * words for everybody: what keeps it from telling.
 */
export async function askHealth(
  upstream: Pick<Upstream, 'forward'>,
  service: string,
  options: AskOptions,
): Promise<string | undefined> {
  const check = loadHealthService().service['Check'] as MethodDefinition<HealthCheckRequest, HealthCheckResponse>
  const answer = await ask(upstream, check.path, [check.requestSerialize({ service })], options).catch(
    (fault: unknown) => judge(fault),
  )
  if (!answer) return undefined
  try {
    // A status without a number is UNKNOWN, and one of another number nothing that means well.
    return check.responseDeserialize(answer).status ?? 'UNKNOWN'
  } catch {
    throw new SnetError('upstream-failed', 'its health service answers garbage')
  }
}

/** Undefined where the service is asked in vain for a name that it does not know. */
function judge(fault: unknown): undefined {
  const { kind, cause } = fault as Partial<SnetError>
  if (!(cause instanceof UpstreamStatus)) {
    throw new SnetError(kind ?? 'bug', kind === 'timed-out' ? 'its health service does not answer' : UNUSABLE)
  }
  const code = cause.trailers.first('grpc-status') ?? ''
  if (code === NOT_FOUND) return undefined
  if (code === UNIMPLEMENTED) throw new SnetError('upstream-failed', 'it has no health service')
  throw new SnetError('upstream-failed', `its health service answers ${status[Number(code)] ?? 'a status of no name'}`)
}

const NOT_FOUND = String(status.NOT_FOUND)
const UNIMPLEMENTED = String(status.UNIMPLEMENTED)
const UNUSABLE = 'its health service cannot be asked'
