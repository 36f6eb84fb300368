import { connect as connectHttp2, type ClientHttp2Stream } from 'node:http2'
import { once } from 'node:events'
import { status } from '@grpc/grpc-js'
import { describe, expect, test } from 'vitest'
import { createHealth } from '../../../../src/daemon/observability/index.js'
import { SnetError } from '../../../../src/shared/errors.js'
import { unaryMethod } from '../../../../src/shared/wire/index.js'
import { live } from '../../../../src/shared/live.js'
import { echoDefinition, RawClient } from '../../../support/echo-service.js'
import { until } from '../../../support/until.js'
import { openHarness, paid } from './harness.js'

const bytes = (text: string) => Buffer.from(text)
const UNARY = '/echo.Echo/Unary'
const OWN = '/own.Service/Own'

/** An own method that answers what it is asked, or nothing when that is `hang`. */
const own = [
  unaryMethod<Buffer, Buffer>({ ...echoDefinition.Unary, path: OWN }, (request) =>
    String(request) === 'hang' ? new Promise(() => undefined) : request,
  ),
]

/** A call made by hand: what is sent after the headers is up to the test. */
function openCall({ host, port }: { host: string; port: number }, more: Record<string, string> = {}) {
  const session = connectHttp2(`http://${host}:${port}`)
  session.on('error', () => undefined)
  const stream = session.request({
    ':method': 'POST',
    ':path': UNARY,
    'content-type': 'application/grpc',
    te: 'trailers',
    'snet-payment-channel-id': '7',
    'snet-payment-channel-nonce': '3',
    'snet-payment-channel-amount': '10',
    'snet-payment-channel-signature-bin': Buffer.alloc(65, 1).toString('base64'),
    ...more,
  })
  stream.on('error', () => undefined).resume()
  return {
    stream,
    /** Resolves when the other side has read what was sent so far. */
    async opened() {
      if (session.connecting) await once(session, 'connect')
      await new Promise<void>((done) => session.ping(() => done()))
    },
    /** Status and message, from whichever header block carries them. */
    outcome: async (): Promise<{ code: number; text: string }> => {
      const [headers] = (await Promise.race([once(stream, 'trailers'), answeredAtOnce(stream)])) as [
        Record<string, string>,
      ]
      return { code: Number(headers['grpc-status']), text: decodeURIComponent(headers['grpc-message'] ?? '') }
    },
    [Symbol.dispose]: () => session.destroy(),
  }
}

async function answeredAtOnce(stream: ClientHttp2Stream): Promise<unknown[]> {
  const [headers] = (await once(stream, 'response')) as [Record<string, string>]
  return headers['grpc-status'] === undefined ? await new Promise(() => undefined) : [headers]
}

/** A gRPC message's prefix. */
const prefix = (length: number): Buffer => {
  const buffer = Buffer.alloc(5)
  buffer.writeUInt32BE(length, 1)
  return buffer
}

describe('before any money is touched', () => {
  test('a call that stays silent is ended, and its channel was never held', async () => {
    await using h = await openHarness({ config: { firstMessageTimeoutMs: 50 } })
    using call = openCall(h.gateway.address)
    expect(await call.outcome()).toEqual({ code: 4, text: 'the first message of the call did not come within 50 ms' })
    expect(h.payments.reserved).toBe(0)
  })

  test('so is one that sends a part of a prefix', async () => {
    await using h = await openHarness({ config: { firstMessageTimeoutMs: 50 } })
    using call = openCall(h.gateway.address)
    call.stream.write(prefix(1).subarray(0, 4))
    expect((await call.outcome()).code).toBe(4)
    expect(h.payments.reserved).toBe(0)
  })

  test('a call that ends without a message is answered as the reference does', async () => {
    await using h = await openHarness()
    using call = openCall(h.gateway.address)
    call.stream.end()
    expect(await call.outcome()).toEqual({ code: 2, text: 'EOF' })
    expect(h.payments.reserved).toBe(0)
  })

  test('a call that ends within its first prefix is malformed', async () => {
    await using h = await openHarness()
    using call = openCall(h.gateway.address)
    call.stream.end(Buffer.from([0, 0]))
    expect(await call.outcome()).toEqual({ code: 3, text: 'the request ended within a message' })
  })

  test('a first message that is announced too large is refused before it comes', async () => {
    await using h = await openHarness({ config: { maxMessageBytes: 1000 } })
    using call = openCall(h.gateway.address)
    call.stream.write(prefix(1001))
    expect(await call.outcome()).toEqual({ code: 8, text: 'grpc: received message larger than max (1001 vs. 1000)' })
    expect(h.payments.reserved).toBe(0)
  })

  test('a prefix that comes byte by byte passes whole', async () => {
    await using h = await openHarness()
    using call = openCall(h.gateway.address)
    const received: Buffer[] = []
    call.stream.on('data', (chunk: Buffer) => received.push(chunk))
    for (const byte of Buffer.concat([prefix(2), bytes('hi')])) {
      call.stream.write(Buffer.from([byte]))
      await new Promise((done) => setImmediate(done))
    }
    call.stream.end()
    expect((await call.outcome()).code).toBe(0)
    expect(Buffer.concat(received)).toEqual(Buffer.concat([prefix(2), bytes('hi')]))
  })

  test('calls that stay silent take no place, neither of the service nor of our own', async () => {
    await using h = await openHarness({ own, config: { maxCallsInFlight: 1 } })
    using silent = openCall(h.gateway.address)
    using silentOwn = openCall(h.gateway.address, { ':path': OWN })
    await Promise.all([silent.opened(), silentOwn.opened()])
    expect((await h.client.call(UNARY, [bytes('x')], { metadata: paid() })).code).toBe(0)
    expect((await h.client.call(OWN, [bytes('x')])).code).toBe(0)
    expect(h.gateway.callsInFlight).toBe(0)
  })

  test('of too many silent calls the oldest is sent away, and whoever speaks is served', async () => {
    await using h = await openHarness({ config: { maxCallsWaiting: 2 } })
    using oldest = openCall(h.gateway.address)
    await oldest.opened()
    using _second = openCall(h.gateway.address)
    using _third = openCall(h.gateway.address)
    expect(await oldest.outcome()).toEqual({
      code: 8,
      text: 'more than 2 calls wait for their first message, this one for longest',
    })
    expect((await h.client.call(UNARY, [bytes('x')], { metadata: paid() })).code).toBe(0)
  })

  test('an own service waits for the whole of a request, for as long as for its begin', async () => {
    await using h = await openHarness({
      own,
      config: { firstMessageTimeoutMs: 50, own: { places: 1, timeoutMs: 9_000 } },
    })
    for (const sent of [prefix(2), Buffer.concat([prefix(2), bytes('ab')])]) {
      using call = openCall(h.gateway.address, { ':path': OWN })
      call.stream.write(sent)
      expect(await call.outcome()).toEqual({ code: 4, text: 'the first message of the call did not come within 50 ms' })
    }
    expect(h.gateway.callsInFlight).toBe(0)
  })

  test('an own service has its time, whatever the client allows it', async () => {
    await using h = await openHarness({
      own,
      config: { serviceTimeoutMs: 3_600_000, own: { places: 1, timeoutMs: 50 } },
    })
    for (const deadline of [undefined, new Date(Date.now() + 3_600_000)]) {
      expect(await h.client.call(OWN, [bytes('hang')], deadline && { deadline })).toMatchObject({
        code: status.DEADLINE_EXCEEDED,
        details: 'the call did not end before its deadline',
      })
    }
    expect((await h.client.call(OWN, [bytes('x')])).code).toBe(0)
  })

  test('own services and the service have places of their own', async () => {
    await using h = await openHarness({ own, config: { maxCallsInFlight: 1, own: { places: 1, timeoutMs: 9_000 } } })
    const stop = new AbortController()
    const hanging = [
      h.client.call(OWN, [bytes('hang')], { signal: stop.signal }),
      h.client.call(UNARY, [bytes('hang')], { metadata: paid(), signal: stop.signal }),
    ]
    await until('both calls have their places', () => h.gateway.callsInFlight === 2)
    for (const path of [OWN, UNARY]) {
      expect(await h.client.call(path, [bytes('x')], { metadata: paid() })).toMatchObject({
        code: status.RESOURCE_EXHAUSTED,
        details: 'the daemon serves 1 calls already',
      })
    }
    stop.abort()
    await Promise.all(hanging)
    await until('the places are free', () => h.gateway.callsInFlight === 0)
    expect((await h.client.call(OWN, [bytes('x')])).code).toBe(0)
  })

  test('one connection cannot take all places', async () => {
    await using h = await openHarness({ config: { maxCallsInFlight: 2 } })
    const stop = new AbortController()
    const first = h.client.call(UNARY, [bytes('hang')], { metadata: paid(), signal: stop.signal })
    await until('the call is at the service', () => h.service.seen.length === 1)
    expect(await h.client.call(UNARY, [bytes('x')], { metadata: paid() })).toMatchObject({
      code: status.RESOURCE_EXHAUSTED,
      details: 'the daemon serves 1 calls of this connection already',
    })
    using other = new RawClient(h.gateway.address)
    expect((await other.call(UNARY, [bytes('x')], { metadata: paid() })).code).toBe(0)
    stop.abort()
    await first
  })

  test('calls without a message, and those that do not pay, do not count for the rate', async () => {
    await using h = await openHarness({ config: { rate: live({ perMinute: 0.001, burst: 1 }) } })
    using silent = openCall(h.gateway.address)
    silent.stream.end()
    expect((await silent.outcome()).code).toBe(2)
    h.payments.refuse = new SnetError('payment-rejected', 'not enough')
    expect((await h.client.call(UNARY, [bytes('x')], { metadata: paid() })).code).toBe(status.UNAUTHENTICATED)
    h.payments.refuse = undefined
    expect((await h.client.call(UNARY, [bytes('x')], { metadata: paid() })).code).toBe(0)
    expect((await h.client.call(UNARY, [bytes('x')], { metadata: paid() })).code).toBe(status.RESOURCE_EXHAUSTED)
    expect(h.payments).toMatchObject({ reserved: 1, committed: 1 })
  })

  test('more calls than the rate allows are refused with the text that clients know', async () => {
    await using h = await openHarness({ config: { rate: live({ perMinute: 0.001, burst: 2 }) } })
    const call = () => h.client.call(UNARY, [bytes('x')], { metadata: paid() })
    expect([(await call()).code, (await call()).code]).toEqual([0, 0])
    expect(await call()).toMatchObject({
      code: status.RESOURCE_EXHAUSTED,
      details: 'rate limiting , too many requests to handle',
    })
    expect(h.payments.reserved).toBe(2)
  })

  test('a header list above the limit is refused, also before the client knows of the limit', async () => {
    await using h = await openHarness({ config: { maxHeaderBytes: 8 * 1024 } })
    using call = openCall(h.gateway.address, { 'x-large': 'x'.repeat(20_000) })
    call.stream.end(Buffer.concat([prefix(1), bytes('x')]))
    expect(await call.outcome()).toEqual({ code: 8, text: 'the header list of the call is larger than 8192 bytes' })
    expect(h.payments.reserved).toBe(0)
    expect((await h.client.call(UNARY, [bytes('x')], { metadata: paid() })).code).toBe(0)
  })

  test('streams above the limit of one connection wait for the others', async () => {
    await using h = await openHarness({ config: { maxStreamsPerConnection: 2 } })
    const codes = await Promise.all(
      Array.from({ length: 8 }, async () => (await h.client.call(UNARY, [bytes('x')], { metadata: paid() })).code),
    )
    expect(codes).toEqual(Array(8).fill(0))
  })
})

describe('HTTP/1.1 on the same port', () => {
  const get = async (gateway: { address: { host: string; port: number } }, path: string, init?: RequestInit) => {
    const response = await fetch(`http://${gateway.address.host}:${gateway.address.port}${path}`, init)
    return { status: response.status, type: response.headers.get('content-type'), body: await response.text() }
  }

  test('/livez says that the process turns', async () => {
    await using h = await openHarness()
    expect(await get(h.gateway, '/livez?verbose')).toEqual({
      status: 200,
      type: 'text/plain; charset=utf-8',
      body: 'ok\n',
    })
    expect(await get(h.gateway, '/livez', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' })
  })

  test('/readyz tells what is wrong, and nothing that a stranger should not know', async () => {
    await using h = await openHarness()
    // A room may tell more of its health than the probe may, or can, pass on.
    h.health.watch('chain', () => ({ ok: true, block: 7n }))
    const ready = await get(h.gateway, '/readyz')
    expect(ready).toMatchObject({ status: 200, type: 'application/json; charset=utf-8' })
    expect(JSON.parse(ready.body)).toEqual({ ready: true, parts: [{ part: 'chain', ok: true }] })
    h.health.watch('store', () => ({ ok: false, reason: 'taken over' }))
    h.health.watch('service', () => Promise.reject(new Error('10.0.0.7:5000 refused /secret')))
    const broken = await get(h.gateway, '/readyz')
    expect(broken.status).toBe(503)
    expect(JSON.parse(broken.body)).toEqual({
      ready: false,
      parts: [
        { part: 'chain', ok: true },
        { part: 'store', ok: false, reason: 'taken over' },
        { part: 'service', ok: false, reason: 'its state cannot be read' },
      ],
    })
  })

  test('the parts are asked once for many who want to know', async () => {
    await using h = await openHarness({ health: createHealth(() => 0) })
    let asked = 0
    h.health.watch('service', () => {
      asked++
      return { ok: true }
    })
    await Promise.all(Array.from({ length: 10 }, () => get(h.gateway, '/readyz')))
    expect(asked).toBe(1)
  })

  test.each([
    ['/livez', 'POST', 405],
    ['/', 'GET', 404],
    ['/livez/more', 'GET', 404],
    ['/%00', 'POST', 404],
  ])('%s by %s is answered %d', async (path, method, code) => {
    await using h = await openHarness()
    expect((await get(h.gateway, path, { method })).status).toBe(code)
  })
})
