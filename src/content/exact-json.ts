import { messageOf, SnetError } from '../shared/errors.js'

/** JSON with whole numbers beyond 2^53 kept exact, as text: one token of 18 decimals is already larger. */
export function parseExactJson(bytes: Uint8Array, what: string): unknown {
  const text = Buffer.from(bytes).toString('utf8')
  try {
    JSON.parse(text)
  } catch (cause) {
    throw new SnetError('invalid-config', `${what} is no JSON: ${messageOf(cause)}`, {
      hint: 'Publish the metadata again and register its new address.',
      cause,
    })
  }
  return JSON.parse(quoteLongNumbers(text))
}

/**
 * Runs once over JSON that is known to be well-formed. A pattern for strings would do it in a line, and would run over
 * the rest of the text once for every quote that a hostile text leaves open.
 */
function quoteLongNumbers(json: string): string {
  const parts: string[] = []
  let at = 0
  while (at < json.length) {
    const open = json.indexOf('"', at)
    const outside = open === -1 ? json.slice(at) : json.slice(at, open)
    parts.push(outside.replace(/[-\d.eE+]+/g, (token) => (/^-?\d{16,}$/.test(token) ? `"${token}"` : token)))
    if (open === -1) break
    const close = closingQuote(json, open)
    parts.push(json.slice(open, close + 1))
    at = close + 1
  }
  return parts.join('')
}

function closingQuote(json: string, open: number): number {
  for (let quote = json.indexOf('"', open + 1); ; quote = json.indexOf('"', quote + 1)) {
    let backslashes = 0
    while (json[quote - 1 - backslashes] === '\\') backslashes++
    if (backslashes % 2 === 0) return quote
  }
}
