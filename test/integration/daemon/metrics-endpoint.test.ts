import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openMetricsEndpoint } from '../../../src/daemon/metrics-endpoint/index.js'
import { createMetrics } from '../../../src/daemon/observability/index.js'
import { parsePrometheusText } from '../../support/prometheus-text.js'
import { quietLog } from '../../support/quiet-log.js'

const metrics = createMetrics()
const anywhere = { host: '127.0.0.1', port: 0 }
let endpoint: Awaited<ReturnType<typeof openMetricsEndpoint>>
beforeAll(async () => {
  metrics.gauge({ name: 'held', help: 'Held.' }, () => [[3]])
  endpoint = await openMetricsEndpoint(anywhere, { metrics, log: quietLog() })
})
afterAll(() => endpoint?.[Symbol.asyncDispose]())

const ask = (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${endpoint.address.port}${path}`, init)

/** What a client gets that writes these bytes. */
function say(bytes: string): Promise<string> {
  const socket = connect(endpoint.address.port, '127.0.0.1')
  socket.end(bytes)
  return text(socket)
}

test('tells the figures as Prometheus reads them', async () => {
  const answer = await ask('/metrics?anything')
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect(parsePrometheusText(await answer.text()).value('held')).toBe(3)
  const head = await ask('/metrics', { method: 'HEAD' })
  expect([head.status, await head.text()]).toEqual([200, ''])
})

test('has nothing else, and changes nothing', async () => {
  expect((await ask('/metrics/')).status).toBe(404)
  expect((await ask('/__proto__')).status).toBe(404)
  const post = await ask('/metrics', { method: 'POST', body: 'x'.repeat(100_000) })
  expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
})

test('what is no request ends its connection and nothing else', async () => {
  expect(await say('\u0000\u0001\r\n\r\n')).toBe('')
  expect(await say(`GET /metrics HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`)).toBe('')
  expect((await ask('/metrics')).status).toBe(200)
})

test('a port that is busy is told by its key', async () => {
  await expect(openMetricsEndpoint(endpoint.address, { metrics, log: quietLog() })).rejects.toMatchObject({
    kind: 'invalid-config',
    message: `metrics_endpoint 127.0.0.1:${endpoint.address.port} cannot be listened on: EADDRINUSE`,
    details: { code: 'EADDRINUSE' },
  })
})
