import { type TimeZone, wallTime, type ZoneOffset } from './time-zone.js'

/** One moment, as the parts of a layout see it. */
interface Moment {
  readonly time: Date
  readonly zone: ZoneOffset
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ')
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ')

const padded = (value: number, width: number, fill = '0'): string => String(value).padStart(width, fill)
const hour12 = ({ time }: Moment): number => time.getUTCHours() % 12 || 12
const monthName = ({ time }: Moment): string => MONTHS[time.getUTCMonth()] as string
const dayName = ({ time }: Moment): string => DAYS[time.getUTCDay()] as string
const dayOfYear = ({ time }: Moment): number =>
  1 + Math.floor((time.getTime() - Date.UTC(time.getUTCFullYear(), 0, 1)) / 86_400_000)

/** What each part of a layout stands for: the digits of one moment of the year 2006. */
const PARTS: Readonly<Record<string, (moment: Moment) => string>> = {
  January: monthName,
  Jan: (moment) => monthName(moment).slice(0, 3),
  Monday: dayName,
  Mon: (moment) => dayName(moment).slice(0, 3),
  MST: ({ zone }) => zone.name,
  2006: ({ time }) => padded(time.getUTCFullYear(), 4),
  '06': ({ time }) => padded(time.getUTCFullYear() % 100, 2),
  '01': ({ time }) => padded(time.getUTCMonth() + 1, 2),
  1: ({ time }) => String(time.getUTCMonth() + 1),
  __2: (moment) => padded(dayOfYear(moment), 3, ' '),
  '002': (moment) => padded(dayOfYear(moment), 3),
  _2: ({ time }) => padded(time.getUTCDate(), 2, ' '),
  '02': ({ time }) => padded(time.getUTCDate(), 2),
  2: ({ time }) => String(time.getUTCDate()),
  15: ({ time }) => padded(time.getUTCHours(), 2),
  '03': (moment) => padded(hour12(moment), 2),
  3: (moment) => String(hour12(moment)),
  '04': ({ time }) => padded(time.getUTCMinutes(), 2),
  4: ({ time }) => String(time.getUTCMinutes()),
  '05': ({ time }) => padded(time.getUTCSeconds(), 2),
  5: ({ time }) => String(time.getUTCSeconds()),
  PM: ({ time }) => (time.getUTCHours() < 12 ? 'AM' : 'PM'),
  pm: ({ time }) => (time.getUTCHours() < 12 ? 'am' : 'pm'),
}

/** In the order in which Go tries them: the longer one of two that begin alike comes first. */
const PART =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|2006|__2|002|_2(?!006)|01|02|03|04|05|06|15|[-Z]07:00:00|[-Z]070000|[-Z]07:00|[-Z]0700|[-Z]07|PM|pm|[.,](?:0+|9+)(?!\d)|1|2|3|4|5/g

/** How a moment is written by a layout of Go, such as `2006-01-02T15:04:05.999Z07:00`. */
export function compileGoLayout(layout: string, zone: TimeZone): (ms: number) => string {
  const parts: (string | ((moment: Moment) => string))[] = []
  let end = 0
  for (const { 0: part, index } of layout.matchAll(PART)) {
    parts.push(layout.slice(end, index), PARTS[part] ?? (/^[-Z]/.test(part) ? offsetAs(part) : fractionAs(part)))
    end = index + part.length
  }
  parts.push(layout.slice(end))
  return (ms) => {
    const offset = zone(ms)
    const moment = { time: wallTime(ms, offset), zone: offset }
    return parts.map((part) => (typeof part === 'string' ? part : part(moment))).join('')
  }
}

function offsetAs(part: string): (moment: Moment) => string {
  const colon = part.includes(':') ? ':' : ''
  const digits = part.replace(/\D/g, '').length
  return ({ zone: { minutes } }) => {
    if (part.startsWith('Z') && minutes === 0) return 'Z'
    const fields = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60, 0].slice(0, digits / 2)
    return `${minutes < 0 ? '-' : '+'}${fields.map((field) => padded(field, 2)).join(colon)}`
  }
}

/** With nines, zeros at the end go, and the point with them where nothing is left. */
function fractionAs(part: string): (moment: Moment) => string {
  const width = part.length - 1
  return ({ time }) => {
    const digits = padded(time.getUTCMilliseconds(), 3).padEnd(9, '0').slice(0, width)
    const shown = part.endsWith('0') ? digits : digits.replace(/0+$/, '')
    return shown === '' ? '' : `${part.charAt(0)}${shown}`
  }
}
