import { messageOf, SnetError } from '../shared/errors.js'
import { findClosingQuote } from '../shared/json-quotes.js'

/** Metadata nests about eight levels; the bound keeps recursive code from overflowing the stack. */
const MAX_DEPTH = 100

/**
 * JSON with whole numbers beyond 2^53 kept exact, as text: one token of 18 decimals is already larger. Error:
 * `invalid-config` for what is no JSON, or nests too deep.
 */
export function parseExactJson(bytes: Uint8Array, what: string): unknown {
  const text = Buffer.from(bytes).toString('utf8')
  try {
    JSON.parse(text)
  } catch (cause) {
    throw unusable(`invalid JSON in ${what}: ${messageOf(cause)}`, cause)
  }
  const { depth, json } = quoteLongNumbers(text)
  if (depth > MAX_DEPTH) throw unusable(`${what} nests deeper than ${MAX_DEPTH} levels`)
  return JSON.parse(json)
}

const unusable = (message: string, cause?: unknown): SnetError =>
  new SnetError('invalid-config', message, {
    hint: 'Publish the metadata again and register its new address.',
    cause,
  })

/**
 * Runs once over JSON that is known to be well-formed. A pattern for strings would do it in a line, and would run over
 * the rest of the text once for every quote that a hostile text leaves open.
 */
function quoteLongNumbers(json: string): { readonly json: string; readonly depth: number } {
  const parts: string[] = []
  let at = 0
  let level = 0
  let depth = 0
  while (at < json.length) {
    const open = json.indexOf('"', at)
    const outside = open === -1 ? json.slice(at) : json.slice(at, open)
    parts.push(outside.replace(/[-\d.eE+]+/g, (token) => (/^-?\d{16,}$/.test(token) ? `"${token}"` : token)))
    for (const [bracket] of outside.matchAll(/[[\]{}]/g)) {
      level += bracket === '[' || bracket === '{' ? 1 : -1
      depth = Math.max(depth, level)
    }
    if (open === -1) break
    const close = findClosingQuote(json, open)
    parts.push(json.slice(open, close + 1))
    at = close + 1
  }
  return { json: parts.join(''), depth }
}
