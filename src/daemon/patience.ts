import { pause } from '../shared/clock.js'
import { prefixError, SnetError } from '../shared/errors.js'
import { Backoff } from '../shared/retry.js'
import type { Log } from './observability/index.js'

export interface Patience {
  /** How long a start waits in all. */
  readonly limitMs: number
  readonly signal: AbortSignal
  readonly log: Log
  /** Told what is waited for, and told '' when it is there. */
  readonly onWait: (what: string) => void
}

const PAUSES = { firstMs: 250, longestMs: 5_000 }

/**
 * Opens the parts of a start that need somebody else. Who is away is asked again, until the limit is over: daemons
 * start before their nodes and hosts when a machine boots. Any other trouble ends the start at once.
 */
export function patiently({ limitMs, signal, log, onWait }: Patience) {
  const end = performance.now() + limitMs
  return async <T>(what: string, open: () => Promise<T>): Promise<T> => {
    const backoff = new Backoff(PAUSES)
    for (;;) {
      try {
        const part = await open()
        onWait('')
        return part
      } catch (thrown) {
        signal.throwIfAborted()
        const isAway = thrown instanceof SnetError && thrown.kind === 'unavailable'
        const left = end - performance.now()
        if (!isAway || left <= 0) throw nameLimit(what, thrown, limitMs)
        if (backoff.isFresh) log.warn(`waiting for ${what}`, { reason: thrown.message, up_to_ms: Math.round(left) })
        onWait(`${what}: ${thrown.message}`)
        await pause(Math.min(backoff.nextMs(), left), signal)
        signal.throwIfAborted()
      }
    }
  }
}

function nameLimit(what: string, thrown: unknown, limitMs: number): unknown {
  if (!(thrown instanceof SnetError) || thrown.kind !== 'unavailable' || limitMs === 0) return thrown
  return prefixError(`${what} did not come within startup_timeout (${limitMs / 1000} s): `, thrown)
}
