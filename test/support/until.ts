import { setTimeout } from 'node:timers/promises'

interface Pace {
  readonly everyMs?: number
  /** Below the test's own timeout, which would not say what was waited for. */
  readonly limitMs?: number
}

/**
 * Waits for a fact in another process or library that tells nobody when it changes.
 * @param what completes the sentence "waited in vain until …"
 */
export async function until(
  what: string,
  fact: () => boolean | Promise<boolean>,
  { everyMs = 5, limitMs = 60_000 }: Pace = {},
): Promise<void> {
  const over = new AbortController()
  const limit = setTimeout(limitMs, undefined, { signal: over.signal }).then(() => {
    throw new Error(`waited ${limitMs / 1000} s in vain until ${what}`)
  })
  // Whoever waits between two looks at the fact learns of the limit at the next one.
  limit.catch(() => undefined)
  try {
    while (!(await Promise.race([limit, fact()]))) await setTimeout(everyMs)
  } finally {
    over.abort()
  }
}
