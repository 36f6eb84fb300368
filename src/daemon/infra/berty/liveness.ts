import { linkAbort } from '../../../shared/abort.js'
import { pause } from '../../../shared/clock.js'
import type { ReachedBerty } from './calls.js'
import { detailsOf } from './era.js'
import { isDown } from './errors.js'

export interface Liveness {
  /** Time between two questions. */
  readonly everyMs: number
  /** How long an answer may take: a loaded Berty needs seconds (berty 3.7). */
  readonly timeoutMs: number
  /** So many unanswered questions in a row mean that nobody is there. */
  readonly misses: number
  readonly firstBackoffMs: number
  readonly maxBackoffMs: number
}

export const LIVENESS: Liveness = {
  everyMs: 15_000,
  timeoutMs: 15_000,
  misses: 2,
  firstBackoffMs: 200,
  maxBackoffMs: 5_000,
}

/** Resolves with the reason when the connection breaks off, nobody answers any more, or another account does. */
export async function untilLost(reached: ReachedBerty, liveness: Liveness, signal: AbortSignal): Promise<string> {
  const over = new AbortController()
  using _linked = linkAbort(over, signal)
  try {
    return await Promise.race([
      reached.connection.untilDropped(over.signal).then(() => 'the connection broke off'),
      untilSilent(reached, liveness, over.signal),
    ])
  } finally {
    over.abort(new Error('over'))
  }
}

/** Asks for the configuration: EchoTest floods, PINGs are punished, and an idle stream proves nothing. */
async function untilSilent(
  { connection, probed }: ReachedBerty,
  liveness: Liveness,
  signal: AbortSignal,
): Promise<string> {
  let misses = 0
  while (!signal.aborted) {
    await pause(liveness.everyMs, signal)
    if (signal.aborted) break
    try {
      const reply = await connection.unary(probed.configuration, {}, { timeoutMs: liveness.timeoutMs, signal })
      if (detailsOf(reply, connection).account !== probed.details.account) return 'another account answers'
      misses = 0
    } catch (thrown) {
      // An error from Berty itself is an answer, too.
      misses = isDown(thrown) ? misses + 1 : 0
      if (misses >= liveness.misses) return `no answer within ${liveness.timeoutMs} ms, ${misses} times in a row`
    }
  }
  return 'stopped'
}
