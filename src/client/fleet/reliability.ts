import { SnetError } from '../../shared/errors.js'

/** `TIMEOUT,ODDS`: outages of so many seconds, in one of so many slots; `0,0` for none. Error: `invalid-request`. */
export function parseReliability(written: string): { timeout_seconds: number; odds: number } {
  const [, timeout, odds] = /^(\d{1,9}),(\d{1,9})$/.exec(written.trim()) ?? []
  if (timeout !== undefined) return { timeout_seconds: Number(timeout), odds: Number(odds) }
  throw new SnetError('invalid-request', `"${written}" is no TIMEOUT,ODDS`, {
    hint: '10,5: each slot of 10 s is an outage with probability 1 to 5; 0,0: never.',
  })
}
