import type { RequestListener, ServerResponse } from 'node:http'
import type { Health } from '../observability/index.js'

/**
 * What HTTP/1.1 on the gate's port answers. `/livez`: the process turns. `/readyz`: every part can do its work, or 503
 * with what cannot; the body names parts and reasons and nothing that a stranger should not know.
 */
export const probes =
  (health: Health): RequestListener =>
  (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0]
    // Nobody's body is wanted; unread, it would keep the connection from its next request.
    request.resume()
    if (path !== '/livez' && path !== '/readyz') return answer(response, 404, 'text/plain', '404 page not found\n')
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD')
      return answer(response, 405, 'text/plain', '405 method not allowed\n')
    }
    if (path === '/livez') return answer(response, 200, 'text/plain', 'ok\n')
    health.check().then(
      (state) => answer(response, state.ready ? 200 : 503, 'application/json', toJson(state)),
      () => answer(response, 500, 'text/plain', '500 internal error\n'),
    )
  }

/** Of each part only what is told to everybody: a room may know more of its health, in types that JSON has not. */
const toJson = ({ ready, parts }: Awaited<ReturnType<Health['check']>>): string => {
  const told = parts.map(({ part, ok, reason }) => ({ part, ok, ...(reason !== undefined && { reason }) }))
  return `${JSON.stringify({ ready, parts: told })}\n`
}

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' }).end(body)
}
