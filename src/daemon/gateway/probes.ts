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
    void health.check().then(({ ready, parts }) => {
      answer(response, ready ? 200 : 503, 'application/json', `${JSON.stringify({ ready, parts })}\n`)
    })
  }

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' }).end(body)
}
