import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { writeRequest } from '../../../../src/daemon/gateway/upstream/http/write-request.js'
import { JsonService } from '../../../../src/daemon/gateway/upstream/json-rpc/post.js'
import { Cancellation } from '../../../../src/shared/cancellation.js'

const span = {
  child: () => span,
  set: () => undefined,
  end: () => undefined,
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
}

test('a service over HTTP is asked within the trace of its call', () => {
  const write = writeRequest({
    endpoint: new URL('http://127.0.0.1/'),
    credentials: { query: [], headers: {}, body: {}, leftOut: [] },
    userAgent: 'a',
  })
  const question = { verb: 'GET', path: '/x', query: [], body: undefined, responseBody: '' }
  expect(write(question, { answersOnce: true, span }).headers['traceparent']).toBe(span.traceparent)
  expect(write(question, { answersOnce: true }).headers).not.toHaveProperty('traceparent')
})

test('so is a service that speaks JSON-RPC', async () => {
  const seen: unknown[] = []
  const server = createServer((asked, answer) => {
    seen.push(asked.headers['traceparent'])
    answer.end('{}')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  using service = new JsonService(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
  const options = { cancelled: new Cancellation(), maxBytes: 100 }
  await service.post(Buffer.from('{}'), { ...options, span })
  await service.post(Buffer.from('{}'), options)
  expect(seen).toEqual([span.traceparent, undefined])
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
})
