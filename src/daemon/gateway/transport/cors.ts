import type { Page, PageRequest } from './page.js'

/** What lets a browser show a page to scripts of any site: it is told to everybody. */
export const FOR_ALL_ORIGINS = { 'access-control-allow-origin': '*', vary: 'Origin' }

const METHODS = ['GET', 'POST', 'OPTIONS', 'HEAD', 'CONNECT']
/** Names of headers, as a browser lists them. */
const NAMES = /^[\w!#$%&'*+.^`|~, -]{1,1024}$/

const ASKED = {
  method: 'access-control-request-method',
  headers: 'access-control-request-headers',
  privateNetwork: 'access-control-request-private-network',
} as const

/** To a browser that asks whether a script may: 204, and what it may (snet-wire 5.3). */
export function corsAnswer({ header = () => undefined }: PageRequest): Page {
  const method = header(ASKED.method)
  if (method === undefined) return { status: 204, body: '', headers: FOR_ALL_ORIGINS }
  const vary = ['Origin', ASKED.method, ASKED.headers, ASKED.privateNetwork].join(', ')
  if (!METHODS.includes(method)) return { status: 204, body: '', headers: { vary } }
  const names = header(ASKED.headers)
  return {
    status: 204,
    body: '',
    headers: {
      ...FOR_ALL_ORIGINS,
      vary,
      'access-control-allow-methods': method,
      ...(names !== undefined && NAMES.test(names) && { 'access-control-allow-headers': names }),
      ...(header(ASKED.privateNetwork) === 'true' && { 'access-control-allow-private-network': 'true' }),
    },
  }
}
