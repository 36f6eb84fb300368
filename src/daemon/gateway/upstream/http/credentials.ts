import { validateHeaderName, validateHeaderValue } from 'node:http'
import { SnetError } from '../../../../shared/errors.js'

/** What the service wants to see in each request, as `service_credentials` has it (snet-behaviour 6.3). */
export interface Credential {
  readonly key: string
  readonly value?: unknown
  readonly location: 'query' | 'header' | 'body'
}

export interface Credentials {
  readonly query: readonly (readonly [name: string, value: string])[]
  /** By their names in small letters. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>>
  /** Keys that are left out, because only text can be where they are to go. */
  readonly leftOut: readonly string[]
}

/** They say where a request ends, and who is asked. */
const OF_THE_CONNECTION = ['connection', 'content-length', 'expect', 'keep-alive', 'te', 'trailer', 'transfer-encoding']

/** Error: `invalid-config` for what cannot be a header. */
export function sortCredentials(all: readonly Credential[]): Credentials {
  const inPlace = (place: Credential['location']) => all.filter(({ location }) => location === place)
  const texts = (place: Credential['location']) =>
    inPlace(place).flatMap(({ key, value }) => (typeof value === 'string' ? [[key, value] as const] : []))
  const headers = texts('header').map(([name, value]) => [headerName(name, value), value] as const)
  return {
    query: texts('query'),
    headers: Object.fromEntries(headers),
    body: Object.fromEntries(inPlace('body').map(({ key, value }) => [key, value ?? null])),
    leftOut: all.flatMap(({ key, value, location }) => (location !== 'body' && typeof value !== 'string' ? [key] : [])),
  }
}

/** What is wrong with the value is not told: it is a secret. */
function headerName(name: string, value: string): string {
  const lower = name.toLowerCase()
  try {
    validateHeaderName(lower)
    validateHeaderValue(lower, value)
  } catch {
    throw unusable(name)
  }
  if (OF_THE_CONNECTION.includes(lower)) throw unusable(name)
  return lower
}

const unusable = (name: string): SnetError =>
  new SnetError('invalid-config', `invalid service_credentials: "${name}" cannot be a header with this value`, {
    hint: 'Headers have names of letters, digits and hyphens, and values on one line; those of the connection are not free.',
  })
