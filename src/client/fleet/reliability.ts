import { parseDurationOrSeconds } from '../../shared/duration.js'
import { SnetError } from '../../shared/errors.js'

/** `TIMEOUT,ODDS`: outages of so many whole seconds, in one of so many slots; `0,0` for none. Error: `invalid-request`. */
export function parseReliability(written: string): { timeout_seconds: number; odds: number } {
  const [, timeout = '', odds = ''] = /^([^,]{1,20}),(\d{1,9})$/.exec(written.trim()) ?? []
  const seconds = (parseDurationOrSeconds(timeout) ?? NaN) / 1_000_000
  if (Number.isInteger(seconds) && seconds < 1e9) return { timeout_seconds: seconds, odds: Number(odds) }
  throw new SnetError('invalid-request', `"${written}" is not TIMEOUT,ODDS`, {
    hint: '10s,5: each slot of 10 s is an outage with probability 1 to 5; 0,0: never.',
  })
}
