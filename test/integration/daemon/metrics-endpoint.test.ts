import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openMetricsEndpoint } from '../../../src/daemon/metrics-endpoint/index.js'
import { createMetrics } from '../../../src/daemon/observability/index.js'
import { live } from '../../../src/shared/live.js'
import { parsePrometheusText } from '../../support/prometheus-text.js'
import { quietLog } from '../../support/quiet-log.js'

const metrics = createMetrics()
const page = async (): Promise<object> => ({ earned: '7' })
const hosts = live<readonly string[]>(['gate.example'])
const deps = { metrics, page, log: quietLog() }
const anywhere = { host: '127.0.0.1', port: 0 }
let endpoint: Awaited<ReturnType<typeof openMetricsEndpoint>>
beforeAll(async () => {
  metrics.gauge({ name: 'held', help: 'Held.' }, () => [[3]])
  endpoint = await openMetricsEndpoint({ endpoint: anywhere, hosts }, deps)
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

const statusFor = async (host: string, path: string): Promise<string> => {
  const said = await say(`GET ${path} HTTP/1.1\r\n${host === '' ? '' : `Host: ${host}\r\n`}Connection: close\r\n\r\n`)
  return said.split(' ', 2)[1] ?? ''
}

test('the page and its data are told to those who call this host by its own name, the figures to all', async () => {
  const own = [
    '127.0.0.1:9464',
    '10.0.0.7',
    '[::1]:9464',
    'localhost',
    'LocalHost:1',
    'gate.example',
    'Gate.Example.:80',
  ]
  const foreign = [
    'evil.example',
    'gate.example.evil',
    'localhost.evil',
    '127.0.0.1.evil',
    '1@127.0.0.1',
    'x, localhost',
    ':9464',
  ]
  for (const path of ['/', '/page.js', '/data.json', '/nothing']) {
    const known = path === '/nothing' ? '404' : '200'
    for (const host of own) expect([host, path, await statusFor(host, path)]).toEqual([host, path, known])
    for (const host of foreign) expect([host, path, await statusFor(host, path)]).toEqual([host, path, '421'])
  }
  for (const host of [...own, ...foreign]) expect([host, await statusFor(host, '/metrics')]).toEqual([host, '200'])
})

test('the page may load nothing but what is its own, and no other page may use it', async () => {
  const answer = await ask('/')
  expect(answer.headers.get('content-security-policy')).toContain(
    "default-src 'none'; script-src 'self'; style-src 'self'",
  )
  expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  const html = await answer.text()
  expect(html.match(/(?:src|href)="[^"]*"/g)).toEqual(['href="data:,"', 'href="page.css"', 'src="page.js"'])
  expect(html).not.toMatch(/style=|<style|\son[a-z]+=|<script>/)
  expect(await (await ask('/data.json')).json()).toEqual({ earned: '7' })
})

test('a port that is busy is told by its key', async () => {
  await expect(openMetricsEndpoint({ endpoint: endpoint.address, hosts }, deps)).rejects.toMatchObject({
    kind: 'invalid-config',
    message: `metrics_endpoint 127.0.0.1:${endpoint.address.port} cannot be listened on: EADDRINUSE`,
    details: { code: 'EADDRINUSE' },
  })
})
