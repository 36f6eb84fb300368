const UNIT_US: Readonly<Record<string, number>> = {
  ns: 1e-3,
  us: 1,
  µs: 1,
  μs: 1,
  ms: 1_000,
  s: 1_000_000,
  m: 60_000_000,
  h: 3_600_000_000,
}
/** As Go reads them: `.5s`, `1.s` and a plus in front too, and either of the two letters that look like a µ. */
const PART = String.raw`(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)`
const DURATION = new RegExp(`^\\+?(?:${PART})+$`)

/** The one syntax of durations, for keys and flags: `250ms`, `5s`, `1m30s`; microseconds, undefined for anything else. */
export function parseDuration(written: string): number | undefined {
  if (written === '0') return 0
  if (!DURATION.test(written)) return undefined
  let total = 0
  for (const [, amount, unit] of written.matchAll(new RegExp(PART, 'g'))) {
    total += Number(amount) * (UNIT_US[unit as string] as number)
  }
  return total
}

/** The same for keys and flags that took a plain number of seconds, which goes on to mean that. */
export const parseDurationOrSeconds = (written: string): number | undefined =>
  parseDuration(/^(?:\d+\.?\d*|\.\d+)$/.test(written) ? `${written}s` : written)
