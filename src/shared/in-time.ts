import { linkAbort } from './abort.js'
import { pause } from './clock.js'

/** Whether `done` resolved in time, and before `hurry` aborted. */
export async function isInTime(timeoutMs: number, done: Promise<unknown>, hurry?: AbortSignal): Promise<boolean> {
  const enough = new AbortController()
  using _hurrying = linkAbort(enough, ...(hurry ? [hurry] : []))
  try {
    return await Promise.race([done.then(() => true), pause(timeoutMs, enough.signal).then(() => false)])
  } finally {
    enough.abort()
  }
}
