import { setTimeout as after } from 'node:timers/promises'

/** Time as this room reads it, so that tests can hand in their own. */
export interface Clock {
  /** Microseconds since 1970, an integer. */
  nowUs(): number
  /** Microseconds of a clock that only goes forward and means nothing outside this process. */
  steadyUs(): number
  /** Resolves early when the signal aborts: whoever sleeps looks at his signal afterwards. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

/** Timers take no longer time at once. */
const MAX_TIMER_MS = 2 ** 31 - 1

/** Resolves after the time, or early when the signal aborts: whoever waits looks at the signal afterwards. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  const end = performance.now() + ms
  for (let left = ms; left > 0 && !signal?.aborted; left = end - performance.now())
    await after(Math.min(left, MAX_TIMER_MS), undefined, signal && { signal }).catch(() => undefined)
}

export const systemClock: Clock = {
  nowUs: createWallClock(),
  steadyUs: () => performance.now() * 1_000,
  sleep: pause,
}

/** The wall clock, which Node tells in whole milliseconds, refined by the steady one between its steps. */
function createWallClock(): () => number {
  let offset = performance.timeOrigin
  return () => {
    const wall = Date.now()
    const refined = offset + performance.now()
    // It was set, or has drifted away: the wall clock is right.
    if (refined >= wall - 1 && refined < wall + 2) return Math.round(refined * 1_000)
    offset = wall - performance.now()
    return wall * 1_000
  }
}
