import { parseDurationOrSeconds } from '../../shared/duration.js'
import { SnetError } from '../../shared/errors.js'

/**
 * `TIMEOUT,ODDS`: an outage lasts TIMEOUT whole seconds and hits one slot of ODDS; `0,0` for none. Error:
 * `invalid-request`.
 */
export function parseReliability(written: string): { timeout_seconds: number; odds: number } {
  const [, timeout = '', odds = ''] = /^([^,]{1,20}),(\d{1,9})$/.exec(written.trim()) ?? []
  const seconds = (parseDurationOrSeconds(timeout) ?? NaN) / 1_000_000
  if (Number.isInteger(seconds) && seconds < 1e9) return { timeout_seconds: seconds, odds: Number(odds) }
  throw new SnetError('invalid-request', `"${written}" is not TIMEOUT,ODDS`, {
    hint: 'For example 10s,5: each 10 s slot is an outage with a probability of 1 in 5; 0,0 means never.',
  })
}
