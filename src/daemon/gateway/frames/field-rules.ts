/** RFC 9113 8.2: what a name and a value may consist of. */
const NAME = /^[!#$%&'*+.^_`|~0-9a-z-]+$/
const VALUE = /^(?![\t ])[\t\x20-\x7e\x80-\xff]*(?<![\t ])$/
/** They belong to one connection (RFC 9113 8.2.2). */
const OF_A_CONNECTION: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
])
const REQUEST_PSEUDO: ReadonlySet<string> = new Set([':method', ':scheme', ':path', ':authority'])
const RESPONSE_PSEUDO: ReadonlySet<string> = new Set([':status'])
const NO_PSEUDO: ReadonlySet<string> = new Set()

/** What is wrong with a request's header list (RFC 9113 8.3.1); undefined when it is in order. */
export function faultOfRequest(fields: readonly string[]): string | undefined {
  const seen = new Map<string, string>()
  const fault = faultOf(fields, REQUEST_PSEUDO, seen)
  if (fault) return fault
  for (const name of [':method', ':scheme', ':path']) if (!seen.get(name)) return `no ${name}`
  return undefined
}

/** The same for a response; its status has three digits (RFC 9113 8.3.2). */
export function faultOfResponse(fields: readonly string[]): string | undefined {
  const seen = new Map<string, string>()
  const fault = faultOf(fields, RESPONSE_PSEUDO, seen)
  if (fault) return fault
  return /^[1-9]\d\d$/.test(seen.get(':status') ?? '') ? undefined : 'no :status'
}

/** The same for trailers, which have no pseudo-fields (RFC 9113 8.1). */
export const faultOfTrailers = (fields: readonly string[]): string | undefined => faultOf(fields, NO_PSEUDO, new Map())

function faultOf(
  fields: readonly string[],
  pseudo: ReadonlySet<string>,
  seen: Map<string, string>,
): string | undefined {
  let isRegular = false
  for (let at = 0; at < fields.length; at += 2) {
    const name = fields[at] as string
    const value = fields[at + 1] as string
    if (!VALUE.test(value)) return `a value of ${name} with characters that are not allowed`
    if (name.startsWith(':')) {
      if (isRegular || !pseudo.has(name) || seen.has(name)) return `the field ${name} where there may be none`
      seen.set(name, value)
      continue
    }
    isRegular = true
    if (!NAME.test(name)) return 'a name with characters that are not allowed'
    if (OF_A_CONNECTION.has(name)) return `the field ${name}, which belongs to HTTP/1.1`
    if (name === 'te' && value !== 'trailers') return 'a te that is not "trailers"'
  }
  return undefined
}
