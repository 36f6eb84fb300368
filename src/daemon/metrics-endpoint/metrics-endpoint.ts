import type { IncomingMessage, ServerResponse } from 'node:http'
import { messageOf } from '../../shared/errors.js'
import type { HostPort } from '../../shared/host-port.js'
import type { Live } from '../../shared/live.js'
import { type Log, type MetricsReader, PROMETHEUS_TYPE, toPrometheusText, warnSeldom } from '../observability/index.js'
import { listen, type Listener } from './listener.js'
import { isOwnHost } from './own-host.js'
import { type Content, readPageFiles } from './page-files.js'

export interface MetricsEndpointConfig {
  readonly endpoint: HostPort
  /** Names by which people call it, beside addresses and `localhost`. */
  readonly hosts: Live<readonly string[]>
}

export interface MetricsEndpointDeps {
  readonly metrics: MetricsReader
  /** What the page for people shows, as JSON has it. */
  readonly page: () => Promise<object>
  readonly log: Log
}

type Pages = ReadonlyMap<string, () => Promise<Content>>

const FIGURES = '/metrics'

/**
 * Serves the figures to Prometheus, whatever it calls this host, and a page with them to people, who call it by its own
 * name. Error: `invalid-config` when the port cannot be had.
 */
export async function openMetricsEndpoint(
  { endpoint, hosts }: MetricsEndpointConfig,
  deps: MetricsEndpointDeps,
): Promise<Listener> {
  const warn = warnSeldom(deps.log)
  const pages = await openPages(deps)
  return await listen(endpoint, (request, response) => {
    const path = pathOf(request)
    const page = pages.get(path)
    if (path !== FIGURES && !isOwnHost(request.headers.host, hosts.current)) return answer(response, 421, FOREIGN)
    if (!page) return answer(response, 404, plain('404 not found: the figures are at /metrics, the page at /\n'))
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

async function openPages({ metrics, page }: MetricsEndpointDeps): Promise<Pages> {
  const files = [...(await readPageFiles())].map(([path, content]) => [path, async () => content] as const)
  return new Map<string, () => Promise<Content>>([
    ...files,
    [FIGURES, async () => ({ type: PROMETHEUS_TYPE, body: toPrometheusText(await metrics.read()) })],
    ['/data.json', async () => ({ type: 'application/json', body: JSON.stringify(await page()) })],
  ])
}

const pathOf = ({ url = '' }: IncomingMessage): string => url.split('?', 1)[0] as string

const plain = (body: string): Content => ({ type: 'text/plain; charset=utf-8', body })
const FOREIGN = plain(
  '421 misdirected: call this host by its address or as localhost, or list its name in metrics_hosts\n',
)

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/** Node leaves the body of an answer to HEAD away. */
function answer(response: ServerResponse, status: number, { type, body }: Content): void {
  response.on('error', () => undefined)
  response.writeHead(status, { ...HEADERS, 'content-type': type, 'content-length': Buffer.byteLength(body) })
  response.end(body)
}
