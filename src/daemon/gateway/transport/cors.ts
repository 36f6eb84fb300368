import { type Origins, VARY } from './origins.js'
import type { Page, PageRequest } from './page.js'

const METHODS = ['GET', 'POST', 'OPTIONS', 'HEAD', 'CONNECT']
/** Names of headers, as a browser lists them. */
const NAMES = /^[\w!#$%&'*+.^`|~, -]{1,1024}$/

const ASKED = {
  method: 'access-control-request-method',
  headers: 'access-control-request-headers',
  privateNetwork: 'access-control-request-private-network',
} as const

/** For so long a browser need not ask again: the longest that any of them keeps to. */
const MAX_AGE_S = 7_200

/** To a browser that asks whether a script may: 204, and what it may (snet-wire 5.3). */
export function corsAnswer({ header = () => undefined }: PageRequest, origins: Origins): Page {
  const method = header(ASKED.method)
  const allowed = origins(header('origin'))
  if (method === undefined) return { status: 204, body: '', headers: allowed ?? VARY }
  const vary = [VARY.vary, ASKED.method, ASKED.headers, ASKED.privateNetwork].join(', ')
  if (!allowed || !METHODS.includes(method)) return { status: 204, body: '', headers: { vary } }
  const names = header(ASKED.headers)
  return {
    status: 204,
    body: '',
    headers: {
      ...allowed,
      vary,
      'access-control-allow-methods': method,
      ...(names !== undefined && NAMES.test(names) && { 'access-control-allow-headers': names }),
      ...(header(ASKED.privateNetwork) === 'true' && { 'access-control-allow-private-network': 'true' }),
      'access-control-max-age': String(MAX_AGE_S),
    },
  }
}
