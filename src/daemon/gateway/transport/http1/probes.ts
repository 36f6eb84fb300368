import type { Health } from '../../../observability/index.js'
import type { Http1Answer, Http1Handler } from './connections.js'

/**
 * What HTTP/1.1 on the gate's port answers. `/livez`: the process turns. `/readyz`: every part can do its work, or 503
 * with what cannot; the body names parts and reasons and nothing that a stranger should not know.
 */
export const probes =
  (health: Pick<Health, 'check'>): Http1Handler =>
  async ({ method, target }) => {
    const path = target.split('?', 1)[0]
    if (path !== '/livez' && path !== '/readyz') return text(404, '404 page not found\n')
    if (method !== 'GET' && method !== 'HEAD') return { ...text(405, '405 method not allowed\n'), allow: 'GET, HEAD' }
    if (path === '/livez') return text(200, 'ok\n')
    const state = await health.check()
    return { status: state.ready ? 200 : 503, type: 'application/json', body: toJson(state) }
  }

/** Of each part only what is told to everybody: a room may know more of its health, in types that JSON has not. */
const toJson = ({ ready, parts }: Awaited<ReturnType<Health['check']>>): string => {
  const told = parts.map(({ part, ok, reason }) => ({ part, ok, ...(reason !== undefined && { reason }) }))
  return `${JSON.stringify({ ready, parts: told })}\n`
}

const text = (status: number, body: string): Http1Answer => ({ status, type: 'text/plain', body })
