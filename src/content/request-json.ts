import { messageOf, SnetError } from '../shared/errors.js'
import { findClosingQuote } from '../shared/json-quotes.js'
import { fieldPath, type JsonPath } from './json-path.js'

/**
 * The JSON of a request. A name that comes twice in one object is refused: JSON itself would take the last one in
 * silence, and the call costs money.
 *
 * @param what how errors name the text
 */
export function parseRequestJson(text: string, what: string): unknown {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new SnetError('invalid-request', `invalid JSON in ${what}: ${messageOf(cause)}`, { cause })
  }
  const twice = firstDouble(text)
  if (twice) throw new SnetError('invalid-request', `${what} has ${fieldPath(twice)} twice`)
  return json
}

/** An object with the names seen in it, or a list; `at` is the name or index of the value under way. */
interface Open {
  readonly names: Set<string> | undefined
  at: string | number
  expectsName: boolean
}

/** Runs once over JSON that is known to be well-formed. */
function firstDouble(json: string): JsonPath | undefined {
  const open: Open[] = []
  for (let at = 0; at < json.length; at++) {
    const char = json[at]
    const top = open.at(-1)
    if (char === '{') open.push({ names: new Set(), at: '', expectsName: true })
    else if (char === '[') open.push({ names: undefined, at: 0, expectsName: false })
    else if (char === '}' || char === ']') open.pop()
    else if (char === ':' && top) top.expectsName = false
    else if (char === ',' && top?.names) top.expectsName = true
    else if (char === ',' && top) top.at = Number(top.at) + 1
    else if (char === '"') {
      const end = findClosingQuote(json, at)
      if (top?.names && top.expectsName && !isNew(top.names, (top.at = JSON.parse(json.slice(at, end + 1)) as string)))
        return open.map((one) => one.at)
      at = end
    }
  }
  return undefined
}

const isNew = (names: Set<string>, name: string): boolean => names.size < names.add(name).size
