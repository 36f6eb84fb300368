import type { IncomingMessage, ServerResponse } from 'node:http'
import { messageOf } from '../../shared/errors.js'
import type { HostPort } from '../../shared/host-port.js'
import { type Log, type MetricsReader, PROMETHEUS_TYPE, toPrometheusText, warnSeldom } from '../observability/index.js'
import { listen, type Listener } from './listener.js'

export interface MetricsEndpointDeps {
  readonly metrics: MetricsReader
  readonly log: Log
}

interface Content {
  readonly type: string
  readonly body: string
}

/** Serves the figures to those who watch. Error: `invalid-config` when the port cannot be had. */
export function openMetricsEndpoint(endpoint: HostPort, { metrics, log }: MetricsEndpointDeps): Promise<Listener> {
  const warn = warnSeldom(log)
  const pages = new Map<string, () => Promise<Content>>([
    ['/metrics', async () => ({ type: PROMETHEUS_TYPE, body: toPrometheusText(await metrics.read()) })],
  ])
  return listen(endpoint, (request, response) => {
    const page = pages.get(pathOf(request))
    if (!page) return answer(response, 404, plain('404 not found: the figures are at /metrics\n'))
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD')
      return answer(response, 405, plain('405 method not allowed\n'))
    }
    page().then(
      (content) => answer(response, 200, content),
      (fault: unknown) => {
        warn('figures could not be read', { reason: messageOf(fault) })
        answer(response, 500, plain('500 internal error\n'))
      },
    )
  })
}

const pathOf = ({ url = '' }: IncomingMessage): string => url.split('?', 1)[0] as string

const plain = (body: string): Content => ({ type: 'text/plain; charset=utf-8', body })

/** Node leaves the body of an answer to HEAD away. */
function answer(response: ServerResponse, status: number, { type, body }: Content): void {
  response.on('error', () => undefined)
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  response.end(body)
}
