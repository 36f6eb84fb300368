import { setTimeout as after } from 'node:timers/promises'
import { prefixed, SnetError } from '../shared/errors.js'
import type { Log } from './observability/index.js'

export interface Patience {
  /** How long a start waits in all. */
  readonly limitMs: number
  readonly signal: AbortSignal
  readonly log: Log
  /** Told what is waited for, and told '' when it is there. */
  readonly onWait: (what: string) => void
}

const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 5_000

/**
 * Opens the parts of a start that need somebody else. Who is away is asked again, until the limit is over: daemons
 * start before their nodes and hosts when a machine boots. Any other trouble ends the start at once.
 */
export function patiently({ limitMs, signal, log, onWait }: Patience) {
  const end = performance.now() + limitMs
  return async <T>(what: string, open: () => Promise<T>): Promise<T> => {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        const part = await open()
        onWait('')
        return part
      } catch (thrown) {
        signal.throwIfAborted()
        const isAway = thrown instanceof SnetError && thrown.kind === 'unavailable'
        const left = end - performance.now()
        if (!isAway || left <= 0) throw named(what, thrown, limitMs)
        if (pause === FIRST_PAUSE_MS)
          log.warn(`waiting for ${what}`, { reason: thrown.message, up_to_ms: Math.round(left) })
        onWait(`${what}: ${thrown.message}`)
        await after(Math.min(pause, left), undefined, { signal }).catch(() => signal.throwIfAborted())
      }
    }
  }
}

function named(what: string, thrown: unknown, limitMs: number): unknown {
  if (!(thrown instanceof SnetError) || thrown.kind !== 'unavailable' || limitMs === 0) return thrown
  return prefixed(`${what} did not come within startup_timeout (${limitMs / 1000} s): `, thrown)
}
