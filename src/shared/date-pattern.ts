import { type TimeZone, wallTime } from './time-zone.js'

const two = (value: number): string => String(value).padStart(2, '0')

const PARTS: Readonly<Record<string, { readonly of: (time: Date) => string; readonly digits: number }>> = {
  '%Y': { of: (time) => String(time.getUTCFullYear()), digits: 4 },
  '%m': { of: (time) => two(time.getUTCMonth() + 1), digits: 2 },
  '%d': { of: (time) => two(time.getUTCDate()), digits: 2 },
  '%H': { of: (time) => two(time.getUTCHours()), digits: 2 },
  '%M': { of: (time) => two(time.getUTCMinutes()), digits: 2 },
  '%S': { of: (time) => two(time.getUTCSeconds()), digits: 2 },
}
const PLACEHOLDER = /%.?/gsu

/** The first placeholder that a pattern for names of files may not have. */
export const unknownPlaceholder = (pattern: string): string | undefined =>
  pattern.match(PLACEHOLDER)?.find((one) => !Object.hasOwn(PARTS, one))

/** The name at a moment, as `%Y %m %d %H %M %S` of a pattern say. */
export const nameAt = (pattern: string, ms: number, zone: TimeZone): string => {
  const time = wallTime(ms, zone(ms))
  return pattern.replace(PLACEHOLDER, (one) => PARTS[one]?.of(time) ?? one)
}

/** The source of a regular expression for every name that a pattern can give. */
export const sourceOfNames = (pattern: string): string =>
  pattern
    .split(/(%.)/su)
    .map((part) => (PARTS[part] ? `\\d{${PARTS[part].digits}}` : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
    .join('')
