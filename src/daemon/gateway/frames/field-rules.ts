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
const NEEDED_OF_REQUEST = [':method', ':scheme', ':path']
/** What asks for a way to somewhere else, and where that is (RFC 9113 8.5). */
const NEEDED_OF_CONNECT = [':method', ':authority']

/** What is wrong with a request's header list (RFC 9113 8.3.1); undefined when it is in order. */
export function faultOfRequest(fields: readonly string[]): string | undefined {
  const fault = faultOf(fields, REQUEST_PSEUDO)
  if (fault) return fault
  const isConnect = valueOf(fields, ':method') === 'CONNECT'
  if (isConnect && (hasField(fields, ':scheme') || hasField(fields, ':path'))) return 'a path of CONNECT'
  for (const name of isConnect ? NEEDED_OF_CONNECT : NEEDED_OF_REQUEST) if (!valueOf(fields, name)) return `no ${name}`
  return undefined
}

/** The same for a response; its status has three digits (RFC 9113 8.3.2). */
export function faultOfResponse(fields: readonly string[]): string | undefined {
  const fault = faultOf(fields, RESPONSE_PSEUDO)
  if (fault) return fault
  const status = valueOf(fields, ':status') ?? ''
  if (!/^[1-9]\d\d$/.test(status)) return 'no :status'
  // RFC 9113 8.6: there is no other protocol to change to.
  return status === '101' ? 'a change of protocol' : undefined
}

/** The same for trailers, which have no pseudo-fields (RFC 9113 8.1). */
export const faultOfTrailers = (fields: readonly string[]): string | undefined => faultOf(fields, NO_PSEUDO)

function faultOf(fields: readonly string[], pseudo: ReadonlySet<string>): string | undefined {
  let isRegular = false
  for (let at = 0; at < fields.length; at += 2) {
    const name = fields[at] as string
    const value = fields[at + 1] as string
    if (!VALUE.test(value)) return `a value of ${name} with characters that are not allowed`
    if (name.startsWith(':')) {
      // Only the few before it are looked through: with more of them than there are kinds, one comes twice.
      if (isRegular || !pseudo.has(name) || placeOf(fields, name) < at)
        return `the field ${name} where there may be none`
      continue
    }
    isRegular = true
    if (!NAME.test(name)) return 'a name with characters that are not allowed'
    if (OF_A_CONNECTION.has(name)) return `the field ${name}, which belongs to HTTP/1.1`
    if (name === 'te' && value !== 'trailers') return 'a te that is not "trailers"'
  }
  return undefined
}

function placeOf(fields: readonly string[], name: string): number {
  let at = 0
  while (at < fields.length && fields[at] !== name) at += 2
  return at
}

const hasField = (fields: readonly string[], name: string): boolean => placeOf(fields, name) < fields.length

const valueOf = (fields: readonly string[], name: string): string | undefined => fields[placeOf(fields, name) + 1]
