import { onAbort } from './abort.js'
import { SnetError } from './errors.js'

export interface TimeLimit {
  readonly ms: number
  /** The caller's, who may give up earlier. */
  readonly signal?: AbortSignal | undefined
  /** What is thrown when the time is over. */
  readonly late: () => Error
}

/**
 * What the work gives, or an error once the time is over or the caller gives up, whatever the work waits for and whether
 * or not it heeds its signal: an event of a library may never come. Errors: what `late` makes; the reason of the caller's
 * signal where that is a SnetError, else `cancelled`.
 *
 * AbortSignal.timeout does not do: inside AbortSignal.any it is lost to the garbage collector, and nothing ends; and a
 * process that waits for nothing else ends in silence before it fires.
 */
export async function withTimeLimit<T>(
  { ms, signal, late }: TimeLimit,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (signal?.aborted) throw cancellationOf(signal)
  const limit = new AbortController()
  using _giving = onAbort(signal, () => limit.abort(cancellationOf(signal)))
  const timer = setTimeout(() => limit.abort(late()), ms)
  try {
    return await new Promise<T>((done, fail) => {
      onAbort(limit.signal, () => fail(limit.signal.reason as Error))
      work(limit.signal).then(done, fail)
    })
  } finally {
    clearTimeout(timer)
  }
}

const cancellationOf = (signal: AbortSignal | undefined): SnetError =>
  signal?.reason instanceof SnetError ? signal.reason : new SnetError('cancelled', 'cancelled')
