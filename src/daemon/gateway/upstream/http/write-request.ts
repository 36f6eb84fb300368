import { isObject } from '../../../../shared/is-object.js'
import { stringifyLong } from '../../../../shared/long-numbers.js'
import type { Call } from '../../call.js'
import type { Credentials } from './credentials.js'
import type { HttpRequest } from './http-service.js'
import type { HttpQuestion } from './route.js'

export interface RequestParts {
  readonly endpoint: URL
  readonly credentials: Credentials
  readonly userAgent: string
}

/** The call that it is asked for. */
type AskedFor = Pick<Call, 'answersOnce' | 'span'>

/** A question as it goes to the service: below its path, after its query, with its credentials. */
export function writeRequest({ endpoint, credentials, userAgent }: RequestParts) {
  const base = endpoint.pathname.replace(/\/+$/, '')
  const common = { 'user-agent': userAgent, ...ofUser(endpoint) }
  return ({ verb, path, query, body }: HttpQuestion, { answersOnce, span }: AskedFor): HttpRequest => {
    const own = new URLSearchParams()
    for (const [name, value] of [...query, ...credentials.query]) own.append(name, value)
    const search = [endpoint.search.slice(1), own.toString()].filter((part) => part !== '').join('&')
    const content = body === undefined ? undefined : Buffer.from(stringifyLong(withCredentials(body, credentials.body)))
    return {
      verb,
      path: `${base}${path}${search === '' ? '' : `?${search}`}`,
      headers: {
        ...common,
        accept: answersOnce ? 'application/json' : 'text/event-stream, application/x-ndjson, application/json',
        ...(span && { traceparent: span.traceparent }),
        ...credentials.headers,
        ...(content && { 'content-type': 'application/json', 'content-length': String(content.length) }),
      },
      body: content,
    }
  }
}

/** What a URL says before its @. */
function ofUser({ username, password }: URL): Record<string, string> {
  if (username === '' && password === '') return {}
  const both = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { authorization: `Basic ${Buffer.from(both).toString('base64')}` }
}

/** Names in their order, as services that sign a body see them (snet-behaviour 6.3). What a client sends under them is not sent. */
function withCredentials(body: unknown, credentials: Credentials['body']): unknown {
  if (!isObject(body) || Object.keys(credentials).length === 0) return body
  const names = Object.keys({ ...body, ...credentials }).sort()
  return Object.fromEntries(
    names.map((name) => [name, Object.hasOwn(credentials, name) ? credentials[name] : body[name]]),
  )
}
