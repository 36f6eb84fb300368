import { connect as connectHttp2, constants } from 'node:http2'
import { connect } from 'node:net'
import { type Metadata, status } from '@grpc/grpc-js'
import { describe, expect, test } from 'vitest'
import { RawClient, startRawService } from '../../../support/echo-service.js'
import { until } from '../../../support/until.js'
import { openHarness, paid } from './harness.js'
import { PAYER } from '../../../support/fake-payments.js'

const bytes = (text: string) => Buffer.from(text)

describe('all four kinds of calls pass', () => {
  test.each([
    ['unary', 'Unary', [bytes('hello')], [bytes('hello')]],
    ['client stream', 'Collect', [bytes('a'), bytes('b'), bytes('c')], [bytes('abc')]],
    ['server stream', 'Count', [bytes('3 2')], [Buffer.alloc(2, 1), Buffer.alloc(2, 2), Buffer.alloc(2, 3)]],
    ['bidirectional stream', 'Chat', [bytes('x'), bytes('y')], [bytes('x'), bytes('y')]],
    ['an empty message', 'Unary', [bytes('')], [bytes('')]],
  ])('%s', async (_kind, method, request, answer) => {
    await using h = await openHarness()
    const reply = await h.client.call(`/echo.Echo/${method}`, request, { metadata: paid() })
    expect(reply.messages).toEqual(answer)
    expect(reply.code).toBe(status.OK)
    expect(reply.headers?.get('x-header')).toEqual(['start'])
    expect(reply.trailers.get('x-trailer')).toEqual(['end'])
    expect(h.payments).toMatchObject({ committed: 1, released: 1, open: 0 })
  })

  test('a message of some megabytes, in both directions', async () => {
    await using h = await openHarness()
    const big = Buffer.alloc(4 * 1024 * 1024, 7)
    const reply = await h.client.call('/echo.Echo/Unary', [big], { metadata: paid() })
    expect(reply.messages[0]?.equals(big)).toBe(true)
  })

  test('a hundred at once on one connection', async () => {
    await using h = await openHarness()
    const replies = await Promise.all(
      Array.from({ length: 100 }, (_, i) => h.client.call('/echo.Echo/Unary', [bytes(`m${i}`)], { metadata: paid() })),
    )
    expect(replies.map(({ messages }) => String(messages[0]))).toEqual(Array.from({ length: 100 }, (_, i) => `m${i}`))
    expect(h.payments.committed).toBe(100)
  })
})

describe('metadata', () => {
  test('of the client reaches the service, without payment secrets, and with the payer as the daemon knows him', async () => {
    await using h = await openHarness()
    const metadata = paid({
      'x-mine': 'kept',
      'x-mine-bin': Buffer.from([0, 255]),
      'snet-user-address': '0xforged',
      'snet-prepaid-auth-token-bin': Buffer.from('secret'),
      'snet-free-call-auth-token-bin': Buffer.from('secret'),
    })
    metadata.add('x-twice', '1')
    metadata.add('x-twice', '2')
    await h.client.call('/echo.Echo/Unary', [bytes('x')], { metadata })
    const seen = h.service.seen[0] as Metadata
    expect(seen.get('x-mine')).toEqual(['kept'])
    expect(seen.get('x-mine-bin')).toEqual([Buffer.from([0, 255])])
    expect(seen.get('x-twice').join(',').replaceAll(' ', '')).toBe('1,2')
    expect(seen.get('snet-user-address')).toEqual([PAYER])
    expect(seen.get('snet-payment-channel-id')).toEqual(['7'])
    for (const secret of [
      'snet-payment-channel-signature-bin',
      'snet-prepaid-auth-token-bin',
      'snet-free-call-auth-token-bin',
    ]) {
      expect(seen.get(secret)).toEqual([])
    }
  })

  test('an error status of the service passes unchanged, with details and trailers, and costs nothing', async () => {
    await using h = await openHarness()
    for (const request of ['fail', 'fail at once']) {
      const reply = await h.client.call('/echo.Echo/Unary', [bytes(request)], { metadata: paid() })
      expect(reply).toMatchObject({ code: status.DATA_LOSS, details: 'lost: 100 % ✓', messages: [] })
      expect(reply.trailers.get('grpc-status-details-bin')).toEqual([bytes('details')])
      expect(reply.trailers.get('x-trailer')).toEqual(['end'])
    }
    expect(h.payments).toMatchObject({ committed: 0, released: 2 })
  })
})

describe('limits', () => {
  const text = 'grpc: received message larger than max (101 vs. 100)'

  test('a request message above the limit is refused and never whole at the service', async () => {
    await using h = await openHarness({ config: { maxMessageBytes: 100 } })
    expect(await h.client.call('/echo.Echo/Unary', [Buffer.alloc(101)], { metadata: paid() })).toMatchObject({
      code: status.RESOURCE_EXHAUSTED,
      details: text,
    })
    expect((await h.client.call('/echo.Echo/Unary', [Buffer.alloc(100)], { metadata: paid() })).code).toBe(status.OK)
  })

  test('so is one that is not the first of its stream, and the call costs nothing', async () => {
    await using h = await openHarness({ config: { maxMessageBytes: 100 } })
    const messages = [bytes('x'), Buffer.alloc(101)]
    expect(await h.client.call('/echo.Echo/Collect', messages, { metadata: paid() })).toMatchObject({
      code: status.RESOURCE_EXHAUSTED,
      details: text,
    })
    expect(h.payments).toMatchObject({ committed: 0, open: 0 })
  })

  test('an answer above the limit is refused and costs nothing', async () => {
    await using h = await openHarness({ config: { maxMessageBytes: 100 } })
    expect(await h.client.call('/echo.Echo/Count', [bytes('1 101')], { metadata: paid() })).toMatchObject({
      code: status.RESOURCE_EXHAUSTED,
      details: text,
    })
    expect(h.payments).toMatchObject({ committed: 0, open: 0 })
  })

  test('calls beyond the limit in flight are refused', async () => {
    await using h = await openHarness({ config: { maxCallsInFlight: 1 } })
    const stop = new AbortController()
    const first = h.client.call('/echo.Echo/Count', [bytes('0 1 1')], { metadata: paid(), signal: stop.signal })
    await until('the call is at the service', () => h.service.seen.length === 1)
    expect(await h.client.call('/echo.Echo/Unary', [bytes('x')], { metadata: paid() })).toMatchObject({
      code: status.RESOURCE_EXHAUSTED,
      details: 'the daemon serves 1 calls already',
    })
    stop.abort()
    await first
  })

  test('a client that does not read stalls the service instead of filling the daemon', async () => {
    await using h = await openHarness({ config: { maxMessageBytes: 4 * 1024 * 1024 } })
    const total = 200 * 1024 * 1024
    const session = connectHttp2(`http://127.0.0.1:${h.gateway.address.port}`)
    const stream = session.request({
      ':method': 'POST',
      ':path': '/echo.Echo/Count',
      'content-type': 'application/grpc',
      te: 'trailers',
      ...paid().toHttp2Headers(),
    })
    const request = bytes(`${total / 65536} 65536`)
    stream.end(Buffer.concat([Buffer.from([0, 0, 0, 0, request.length]), request]))
    await new Promise((done) => stream.once('response', done))
    let before = -1
    await until(
      'the service has stopped writing',
      () => {
        const stalled = h.service.written === before
        before = h.service.written
        return stalled
      },
      { everyMs: 200 },
    )
    expect(h.service.written).toBeLessThan(total / 10)
    stream.close(constants.NGHTTP2_CANCEL)
    await h.payments.nextRelease()
    expect(h.payments.committed).toBe(0)
    session.destroy()
  })
})

describe('the port', () => {
  test('answers HTTP/1.1 beside gRPC', async () => {
    await using h = await openHarness()
    const reply = await fetch(`http://127.0.0.1:${h.gateway.address.port}/nothing`, {
      method: 'POST',
      body: 'x'.repeat(10_000),
    })
    expect([reply.status, await reply.text()]).toEqual([404, '404 page not found\n'])
  })

  test.each([
    ['GET', 'application/grpc', 405],
    ['POST', 'text/plain', 415],
    ['POST', 'application/grpc-website', 415],
  ])('answers HTTP/2 that is no gRPC: %s %s', async (method, contentType, expected) => {
    await using h = await openHarness()
    const session = connectHttp2(`http://127.0.0.1:${h.gateway.address.port}`)
    const stream = session.request({ ':method': method, ':path': '/x', 'content-type': contentType })
    expect(await new Promise((done) => stream.once('response', (headers) => done(headers[':status'])))).toBe(expected)
    session.destroy()
  })

  test.each([
    ['garbage', Buffer.from([0, 1, 2, 3, 4, 5, 6, 7])],
    ['half a preface and rubbish', bytes('PRI * HTTP/2.0\r\n\r\nXX\r\n\r\nrubbish')],
    [
      'a preface and a broken frame',
      Buffer.concat([bytes('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), Buffer.alloc(64, 0xff)]),
    ],
    ['broken HTTP/1', bytes('GET \x00\x01\r\n\r\n')],
  ])('closes a connection of %s and goes on serving', async (_name, sent) => {
    await using h = await openHarness()
    const socket = connect(h.gateway.address.port, '127.0.0.1')
    socket.on('error', () => undefined).resume()
    socket.write(sent)
    await new Promise((done) => socket.once('close', done))
    expect((await h.client.call('/echo.Echo/Unary', [bytes('x')], { metadata: paid() })).code).toBe(status.OK)
  })

  test('sees repeated payment headers as repeated', async () => {
    await using h = await openHarness()
    const metadata = paid()
    metadata.add('snet-payment-channel-id', '8')
    expect(await h.client.call('/echo.Echo/Unary', [bytes('x')], { metadata })).toMatchObject({
      code: status.INVALID_ARGUMENT,
      details: 'too many values for key "snet-payment-channel-id": [7 8]',
    })
    expect(h.service.seen).toHaveLength(0)
  })
})

test('a service that answers no gRPC is told by its HTTP status', async () => {
  await using raw = await startRawService((stream) => {
    stream.respond({ ':status': 503, 'content-type': 'text/html' })
    stream.end('<html>')
  })
  await using h = await openHarness({ url: raw.url })
  expect(await h.client.call('/echo.Echo/Unary', [bytes('x')], { metadata: paid() })).toMatchObject({
    code: status.UNAVAILABLE,
    details: 'the service answered HTTP status 503 with content type "text/html", not gRPC',
  })
})

test('compressed messages pass as they are', async () => {
  await using h = await openHarness()
  using client = new RawClient(h.gateway.address, { 'grpc.default_compression_algorithm': 2 })
  const reply = await client.call('/echo.Echo/Unary', [Buffer.alloc(10_000, 5)], { metadata: paid() })
  expect(reply.code).toBe(status.OK)
  expect(reply.messages[0]).toHaveLength(10_000)
})
