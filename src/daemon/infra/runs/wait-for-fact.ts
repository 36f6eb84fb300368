import { linkAbort } from '../../../shared/abort.js'
import type { Clock } from '../../../shared/clock.js'

/**
 * Waits for a fact, which is checked whenever `subscribe` tells. False if it did not come in time or the signal aborts.
 */
export async function waitForFact(
  fact: () => boolean,
  subscribe: (tell: () => void) => () => void,
  { clock, signal, limitMs = Infinity }: { clock: Clock; signal: AbortSignal; limitMs?: number },
): Promise<boolean> {
  if (fact()) return true
  const over = new AbortController()
  using _linked = linkAbort(over, signal)
  let isTold = false
  const unsubscribe = subscribe(() => {
    if (!fact()) return
    isTold = true
    over.abort()
  })
  try {
    await clock.sleep(limitMs, over.signal)
  } finally {
    unsubscribe()
  }
  return isTold
}
