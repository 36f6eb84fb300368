import type { Clock } from '../shared/clock.js'
import { type SnetError, toSnetError } from '../shared/errors.js'
import { Backoff } from '../shared/retry.js'

export interface ReopenOptions {
  readonly signal: AbortSignal
  /** A host that is away for longer than this is given up. */
  readonly giveUpMs: number
  readonly clock: Clock
  /** Whether the host has answered before: then it is waited for from the start. */
  readonly hasAnswered?: boolean
  /** Called once each time the host goes away. */
  readonly onAway: (error: SnetError) => void
  /** Called with the first update after that. */
  readonly onBack: () => void
}

/** Whether the host could not be asked at all, in contrast to one that refused. */
export const isGone = ({ kind }: SnetError): boolean => kind === 'unavailable' || kind === 'timed-out'

const PAUSES = { firstMs: 250, longestMs: 4_000 }

/**
 * The updates of a stream, which is opened anew when its host goes away and comes back. Errors: what the host itself
 * answers, and, unless the host has answered before, that of the first opening, at once; that of a host that stays away
 * after `giveUpMs`.
 */
export async function* reopen<T>(open: () => AsyncIterable<T>, options: ReopenOptions): AsyncGenerator<T> {
  const { signal, giveUpMs, clock, onAway, onBack } = options
  let wasThere = options.hasAnswered ?? false
  let awaySinceUs: number | undefined
  const backoff = new Backoff(PAUSES)
  for (;;) {
    try {
      for await (const update of open()) {
        wasThere = true
        if (awaySinceUs !== undefined) onBack()
        awaySinceUs = undefined
        backoff.reset()
        yield update
      }
      return
    } catch (fault) {
      const error = toSnetError(fault)
      const now = clock.steadyUs()
      if (!wasThere || !isGone(error) || now - (awaySinceUs ?? now) >= giveUpMs * 1_000) throw error
      if (awaySinceUs === undefined) onAway(error)
      awaySinceUs ??= now
    }
    await clock.sleep(backoff.nextMs(), signal)
    if (signal.aborted) return
  }
}
