/** What clocks on the wall of a zone are ahead of UTC at a moment, and the zone's name for that time of year. */
export interface ZoneOffset {
  readonly minutes: number
  readonly name: string
}

export type TimeZone = (ms: number) => ZoneOffset

const UTC: ZoneOffset = { minutes: 0, name: 'UTC' }
/** Zones change their offset at quarters of an hour, if at all. */
const QUARTER_MS = 15 * 60_000

/**
 * A zone by its IANA name; `Local` is that of this host. To ask the library costs as much as to write a line, so its
 * answer is kept for a quarter of an hour. Error: RangeError for a zone that nobody knows.
 */
export function openTimeZone(name: string): TimeZone {
  if (name === 'UTC') return () => UTC
  const zone = name === 'Local' ? {} : { timeZone: name }
  const offsets = new Intl.DateTimeFormat('en-US', { ...zone, timeZoneName: 'longOffset' })
  const names = new Intl.DateTimeFormat('en-US', { ...zone, timeZoneName: 'short' })
  let kept = { quarter: NaN, offset: UTC }
  return (ms) => {
    const quarter = Math.floor(ms / QUARTER_MS)
    if (kept.quarter !== quarter)
      kept = { quarter, offset: { minutes: minutesOf(nameIn(offsets, ms)), name: nameIn(names, ms) } }
    return kept.offset
  }
}

const nameIn = (format: Intl.DateTimeFormat, ms: number): string =>
  format.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? ''

/** Of `GMT`, `GMT+02:00` and `GMT-03:30`. */
function minutesOf(offset: string): number {
  const [, sign, hours, minutes] = /([+-])(\d+):?(\d\d)?/.exec(offset) ?? []
  const total = Number(hours ?? 0) * 60 + Number(minutes ?? 0)
  return sign === '-' ? -total : total
}

/** A moment whose UTC fields are what the clocks of the zone show. */
export const wallTime = (ms: number, { minutes }: ZoneOffset): Date => new Date(ms + minutes * 60_000)
