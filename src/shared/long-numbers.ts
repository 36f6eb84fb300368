import { findClosingQuote } from './json-quotes.js'

/**
 * JSON whose whole numbers beyond 2^53 are kept: each is text that begins with half of a surrogate pair, which no text of
 * a UTF-8 document does. `stringifyLong` writes them as the numbers that they were.
 */
export function parseLong(json: string): unknown {
  return JSON.parse(LONG_NUMBER.test(json) ? markLongNumbers(json) : json)
}

export function stringifyLong(value: unknown): string {
  const json = JSON.stringify(value)
  return json.includes(ESCAPED_MARK) ? json.replace(MARKED, '$1') : json
}

/** The digits of a number that `parseLong` has kept, as text; any other value as it is. */
export const withoutMark = (value: unknown): unknown =>
  typeof value === 'string' && value.startsWith(MARK) ? value.slice(MARK.length) : value

/** Whether `parseLong` has read a number and keeps it as text. */
export const isLongNumber = (value: unknown): value is string => typeof value === 'string' && value.startsWith(MARK)

const MARK = '\ud800'
const ESCAPED_MARK = '\\ud800'
const MARKED = /"\\ud800(-?\d{16,})"/g
const LONG_NUMBER = /\d{16}/

/** A pattern for strings would do it in a line, and run over the rest of the text for every quote left open. */
function markLongNumbers(json: string): string {
  const parts: string[] = []
  for (let at = 0; at < json.length;) {
    const open = json.indexOf('"', at)
    const outside = open === -1 ? json.slice(at) : json.slice(at, open)
    parts.push(
      LONG_NUMBER.test(outside)
        ? outside.replace(/[-\d.eE+]+/g, (token) => (/^-?\d{16,}$/.test(token) ? `"${ESCAPED_MARK}${token}"` : token))
        : outside,
    )
    if (open === -1) break
    const close = findClosingQuote(json, open)
    // Text without an end is left to the parser.
    if (close === -1) return json
    parts.push(json.slice(open, close + 1))
    at = close + 1
  }
  return parts.join('')
}
