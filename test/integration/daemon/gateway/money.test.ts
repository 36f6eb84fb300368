import { once } from 'node:events'
import { connect as connectHttp2, type ServerHttp2Stream, type Settings } from 'node:http2'
import { Metadata, status } from '@grpc/grpc-js'
import { describe, expect, test } from 'vitest'
import { SnetError } from '../../../../src/shared/errors.js'
import { RawClient, startRawService } from '../../../support/echo-service.js'
import { startResettingService } from '../../../support/frame-service.js'
import { until } from '../../../support/until.js'
import { type Harness, openHarness, paid } from './harness.js'

const bytes = (text: string) => Buffer.from(text)
const frame = (text: string) => Buffer.concat([Buffer.from([0, 0, 0, 0, text.length]), bytes(text)])
const GRPC = { ':status': 200, 'content-type': 'application/grpc' }

/** A latch: `open` lets whoever waits for `opened` go on. */
function latch() {
  let open = (): void => undefined
  const opened = new Promise<void>((done) => (open = done))
  return { open, opened }
}

/** Every commit opens `committing` and waits for `kept`. */
function stopAtCommit(h: Harness) {
  const [committing, kept] = [latch(), latch()]
  h.payments.beforeCommit = () => {
    committing.open()
    return kept.opened
  }
  return { committing, kept }
}

/** A client of bare HTTP/2 that shows what has arrived so far. */
function rawCall(h: Harness, path: string, message: string, settings: Settings = {}) {
  const session = connectHttp2(`http://127.0.0.1:${h.gateway.address.port}`, { settings })
  session.on('error', () => undefined)
  const stream = session.request({
    ':method': 'POST',
    ':path': path,
    te: 'trailers',
    'content-type': 'application/grpc',
    ...paid().toHttp2Headers(),
  })
  const seen = { data: 0, headers: false, status: undefined as string | undefined }
  stream.on('error', () => undefined)
  stream.on('response', (headers) => {
    seen.headers = true
    seen.status ??= headers['grpc-status'] as string | undefined
  })
  stream.on('data', (chunk: Buffer) => (seen.data += chunk.length))
  stream.on('trailers', (trailers) => (seen.status = trailers['grpc-status'] as string))
  stream.end(frame(message))
  return { session, stream, seen }
}

describe('the answer of a method that answers once', () => {
  test('is not delivered before its payment is kept', async () => {
    await using h = await openHarness()
    const { committing, kept } = stopAtCommit(h)
    const { seen, session, stream } = rawCall(h, '/echo.Echo/Unary', 'hello')
    await committing.opened
    await new Promise<void>((done) => session.ping(() => done()))
    expect(seen).toEqual({ data: 0, headers: false, status: undefined })
    kept.open()
    await new Promise((done) => stream.once('close', done))
    expect(seen).toEqual({ data: 10, headers: true, status: '0' })
    session.destroy()
  })

  test('is dropped when the payment cannot be kept', async () => {
    await using h = await openHarness()
    h.payments.beforeCommit = async () => {
      throw new SnetError('storage-failed', 'unable to store new payment channel state')
    }
    expect(await h.client.call('/echo.Echo/Unary', [bytes('x')], { metadata: paid() })).toMatchObject({
      code: status.INTERNAL,
      details: 'unable to store new payment channel state',
      messages: [],
    })
    expect(h.payments).toMatchObject({ committed: 0, open: 0 })
  })

  test('is refused when the service sends a second message', async () => {
    await using raw = await startRawService((stream) => {
      stream.respond(GRPC, { waitForTrailers: true })
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }))
      stream.end(Buffer.concat([frame('a'), frame('b')]))
    })
    await using h = await openHarness({ url: raw.url })
    expect(await h.client.call('/echo.Echo/Unary', [bytes('x')], { metadata: paid() })).toMatchObject({
      code: status.INTERNAL,
      messages: [],
    })
    expect(h.payments.committed).toBe(0)
  })
})

describe('messages of a stream', () => {
  test('go out at once, but the OK only after the payment is kept', async () => {
    await using h = await openHarness()
    const { committing, kept } = stopAtCommit(h)
    const { seen, session, stream } = rawCall(h, '/echo.Echo/Count', '3 2')
    await committing.opened
    await until('three messages have arrived', () => seen.data === 21)
    expect(seen.status).toBeUndefined()
    kept.open()
    await new Promise((done) => stream.once('close', done))
    expect(seen.status).toBe('0')
    session.destroy()
  })
})

describe('a client that cancels', () => {
  test('before the OK of the service pays nothing, and the service learns of it', async () => {
    await using h = await openHarness()
    const stop = new AbortController()
    const call = h.client.call('/echo.Echo/Unary', [bytes('hang')], { metadata: paid(), signal: stop.signal })
    await until('the call is at the service', () => h.service.seen.length === 1)
    const cancelled = h.service.nextCancel()
    const released = h.payments.nextRelease()
    stop.abort()
    expect((await call).code).toBe(status.CANCELLED)
    await Promise.all([cancelled, released])
    expect(h.payments).toMatchObject({ committed: 0, open: 0 })
  })

  test('after the OK of the service has paid', async () => {
    await using h = await openHarness()
    const { committing, kept } = stopAtCommit(h)
    const stop = new AbortController()
    const call = h.client.call('/echo.Echo/Unary', [bytes('x')], { metadata: paid(), signal: stop.signal })
    await committing.opened
    stop.abort()
    expect((await call).code).toBe(status.CANCELLED)
    const released = h.payments.nextRelease()
    kept.open()
    await released
    expect(h.payments.committed).toBe(1)
  })

  test('by dropping its connection in mid-stream pays nothing', async () => {
    await using h = await openHarness()
    const { session, seen } = rawCall(h, '/echo.Echo/Count', '2 2 1')
    await until('two messages have arrived', () => seen.data === 14)
    const released = h.payments.nextRelease()
    session.destroy()
    await released
    expect(h.payments.committed).toBe(0)
  })
})

describe('a deadline', () => {
  test.each([
    ['of the client', 500, {}],
    ['of the daemon for clients without one', undefined, { serviceTimeoutMs: 500 }],
  ])('%s ends the call at the client and at the service', async (_name, deadline, config) => {
    await using h = await openHarness({ config })
    // So that the next call goes out at once.
    await h.client.call('/echo.Echo/Unary', [bytes('x')])
    const cancelled = h.service.nextCancel()
    const reply = await h.client.call('/echo.Echo/Unary', [bytes('hang')], {
      metadata: paid(),
      ...(deadline !== undefined && { deadline: new Date(Date.now() + deadline) }),
    })
    expect(reply.code).toBe(status.DEADLINE_EXCEEDED)
    await cancelled
    await until('the hold is released', () => h.payments.open === 0)
    expect(h.payments.committed).toBe(0)
  })

  test('that is no duration is refused', async () => {
    await using h = await openHarness()
    const session = connectHttp2(`http://127.0.0.1:${h.gateway.address.port}`)
    const stream = session.request({
      ':method': 'POST',
      ':path': '/echo.Echo/Unary',
      'content-type': 'application/grpc',
      'grpc-timeout': 'soon',
    })
    const headers = await new Promise<Record<string, unknown>>((done) => stream.once('response', done))
    expect(headers['grpc-status']).toBe('3')
    session.destroy()
  })
})

describe('a service that', () => {
  test('is down is told as the reference tells it, and the call works once it is up', async () => {
    await using spare = await startRawService(() => undefined)
    const { url } = spare
    await spare[Symbol.asyncDispose]()
    await using h = await openHarness({ url })
    const reply = await h.client.call('/echo.Echo/Unary', [bytes('x')], { metadata: paid() })
    expect(reply.code).toBe(status.INTERNAL)
    expect(reply.details).toMatch(/^can't connect to service 127\.0\.0\.1:\d+: .*ECONNREFUSED.*\nAbout error/)
    await new Promise<void>((done) => spare.server.listen(Number(url.port), '127.0.0.1', done))
    spare.server.on('stream', (stream: ServerHttp2Stream) => {
      stream.respond({ ...GRPC, 'grpc-status': '0' }, { endStream: true })
    })
    expect((await h.client.call('/echo.Echo/Count', [bytes('x')], { metadata: paid() })).code).toBe(status.OK)
    expect(h.payments).toMatchObject({ committed: 1, open: 0 })
    spare.server.close()
  })

  const withoutStatus: [string, (stream: ServerHttp2Stream) => void, number][] = [
    ['closes the stream without a status', (stream) => stream.end(), status.INTERNAL],
    ['is killed in mid-stream', (stream) => stream.session?.destroy(), status.UNAVAILABLE],
  ]
  test.each(withoutStatus)('%s costs nothing', async (_name, end, code) => {
    await using raw = await startRawService((stream) => {
      stream.respond(GRPC)
      stream.write(frame('part'), () => end(stream))
    })
    await using h = await openHarness({ url: raw.url })
    const reply = await h.client.call('/echo.Echo/Count', [bytes('x')], { metadata: paid() })
    expect(reply.code).toBe(code)
    expect(h.payments).toMatchObject({ committed: 0, open: 0 })
  })

  test.each([
    ['PROTOCOL_ERROR', 1, status.INTERNAL],
    ['INTERNAL_ERROR', 2, status.INTERNAL],
    ['REFUSED_STREAM', 7, status.UNAVAILABLE],
    ['CANCEL', 8, status.CANCELLED],
    ['ENHANCE_YOUR_CALM', 11, status.RESOURCE_EXHAUSTED],
  ])('resets the stream with %s costs nothing', async (_name, reset, code) => {
    await using service = await startResettingService(reset)
    await using h = await openHarness({ url: service.url })
    const reply = await h.client.call('/echo.Echo/Count', [bytes('x')], { metadata: paid() })
    expect(reply).toMatchObject({
      code,
      details: `the stream to the service was reset with HTTP/2 error code ${reset}`,
    })
    expect(h.payments).toMatchObject({ committed: 0, open: 0 })
  })

  test.each(['°', '', '0x0', '-1', 'OK'])('ends with the status "%s" has not answered OK, nor a code', async (text) => {
    await using raw = await startRawService((stream) => {
      stream.respond(GRPC, { waitForTrailers: true })
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': text }))
      stream.end(frame('whole'))
    })
    await using h = await openHarness({ url: raw.url })
    const { stream, seen, session } = rawCall(h, '/echo.Echo/Unary', 'x')
    await new Promise((done) => stream.once('close', done))
    session.destroy()
    expect(seen.status).toBe('13')
    expect(h.payments).toMatchObject({ committed: 0, open: 0 })
  })

  test('ends with trailers that have no status has not answered, and clients are told so', async () => {
    await using raw = await startRawService((stream) => {
      stream.respond(GRPC, { waitForTrailers: true })
      stream.on('wantTrailers', () => stream.sendTrailers({ 'x-trailer': 'end' }))
      stream.end(frame('whole'))
    })
    await using h = await openHarness({ url: raw.url })
    const reply = await h.client.call('/echo.Echo/Unary', [bytes('x')], { metadata: paid() })
    expect(reply).toMatchObject({ code: status.INTERNAL, details: 'the service closed the stream without a status' })
    expect(h.payments).toMatchObject({ committed: 0, open: 0 })
  })

  test('ends its answer within a message is not paid, in spite of its OK', async () => {
    await using raw = await startRawService((stream) => {
      stream.respond(GRPC, { waitForTrailers: true })
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }))
      stream.end(frame('part').subarray(0, 7))
    })
    await using h = await openHarness({ url: raw.url })
    expect((await h.client.call('/echo.Echo/Unary', [bytes('x')], { metadata: paid() })).code).toBe(status.INTERNAL)
    expect(h.payments.committed).toBe(0)
  })
})

test('a call whose hold was lost is cut and ends as unavailable', async () => {
  await using h = await openHarness()
  const call = h.client.call('/echo.Echo/Unary', [bytes('hang')], { metadata: paid() })
  await until('the call is at the service', () => h.service.seen.length === 1)
  const cancelled = h.service.nextCancel()
  h.payments.loseAll(new SnetError('unavailable', 'another daemon took over the store of this one'))
  expect(await call).toMatchObject({
    code: status.UNAVAILABLE,
    details: 'another daemon took over the store of this one',
  })
  await cancelled
  expect(h.payments).toMatchObject({ committed: 0, open: 0 })
})

test('a loss that no timer has told of is seen before the next message is delivered', async () => {
  await using h = await openHarness()
  const reason = new SnetError('unavailable', 'the lease is over')
  const asIs = (message: Buffer): Buffer => message
  const call = h.client.client.makeBidiStreamRequest('/echo.Echo/Chat', asIs, asIs, paid())
  const ended = new Promise((done) => call.once('status', done))
  const received: string[] = []
  call.on('error', () => undefined)
  call.on('data', (message: Buffer) => {
    received.push(message.toString())
    h.payments.loseSilently(reason)
    call.write(bytes('two'))
  })
  call.write(bytes('one'))
  expect(await ended).toMatchObject({ code: status.UNAVAILABLE, details: 'the lease is over' })
  expect(received).toEqual(['one'])
  expect(h.payments).toMatchObject({ committed: 0, open: 0 })
})

test('a refused payment reaches the client with its code, text and hint, and the service not at all', async () => {
  await using h = await openHarness()
  h.payments.refuse = new SnetError('stale-nonce', 'incorrect payment channel nonce, latest: 4, sent: 3', {
    hint: 'Sign again.',
  })
  const reply = await h.client.call('/echo.Echo/Unary', [bytes('x')], { metadata: paid() })
  expect(reply).toMatchObject({ code: 1000, details: 'incorrect payment channel nonce, latest: 4, sent: 3' })
  expect(reply.trailers.get('snetd-error-kind')).toEqual(['stale-nonce'])
  expect(h.service.seen).toHaveLength(0)
})

test('a fault of our own is told without its inside; the log has it', async () => {
  await using h = await openHarness()
  h.payments.refuse = new TypeError('secret inside') as unknown as SnetError
  const reply = await h.client.call('/echo.Echo/Unary', [bytes('x')], { metadata: paid() })
  expect(reply.code).toBe(status.INTERNAL)
  expect(reply.details).toMatch(/^internal error, the daemon's log has more under [0-9a-f]{8}$/)
  expect(h.log).toContain('internal error')
})

test('a call without payment headers is refused by the first one missing', async () => {
  await using h = await openHarness()
  expect(await h.client.call('/echo.Echo/Unary', [bytes('x')], { metadata: new Metadata() })).toMatchObject({
    code: status.INVALID_ARGUMENT,
    details: 'missing "snet-payment-channel-id"',
  })
})

describe('draining', () => {
  test('lets calls in flight finish and takes no new ones', async () => {
    await using h = await openHarness()
    const { committing, kept } = stopAtCommit(h)
    const call = h.client.call('/echo.Echo/Unary', [bytes('x')], { metadata: paid() })
    await committing.opened
    const drained = h.gateway.drain(5_000)
    using late = new RawClient(h.gateway.address)
    expect((await late.call('/echo.Echo/Unary', [bytes('y')], { metadata: paid() })).code).toBe(status.UNAVAILABLE)
    kept.open()
    expect(await drained).toBe(0)
    // Whoever drains goes on to close everything.
    await h.gateway[Symbol.asyncDispose]()
    expect((await call).code).toBe(status.OK)
  })

  test('does not wait for calls that have not begun, nor cuts them', async () => {
    await using h = await openHarness()
    const session = connectHttp2(`http://127.0.0.1:${h.gateway.address.port}`)
    const silent = session.request({
      ':method': 'POST',
      ':path': '/echo.Echo/Unary',
      'content-type': 'application/grpc',
    })
    await once(session, 'connect')
    await new Promise<void>((done) => session.ping(() => done()))
    const answered = new Promise<Record<string, unknown>>((done) => silent.once('response', done))
    expect(await h.gateway.drain(60_000)).toBe(0)
    expect(await answered).toMatchObject({ 'grpc-status': '14', 'grpc-message': 'the daemon is stopping' })
    session.destroy()
  })

  test('waits until a client that has paid has his answer', async () => {
    await using h = await openHarness()
    const { session, stream } = rawCall(h, '/echo.Echo/Unary', 'x'.repeat(200), { initialWindowSize: 0 })
    await h.payments.nextRelease()
    let isDrained = false
    const drained = h.gateway.drain(60_000).finally(() => (isDrained = true))
    await new Promise<void>((done) => session.ping(() => done()))
    expect(isDrained).toBe(false)
    session.settings({ initialWindowSize: 65_535 })
    await new Promise((done) => stream.once('close', done))
    expect(await drained).toBe(0)
    session.destroy()
  })

  test('cuts what is left after the limit, without charging it', async () => {
    await using h = await openHarness()
    const call = h.client.call('/echo.Echo/Unary', [bytes('hang')], { metadata: paid() })
    await until('the call is at the service', () => h.service.seen.length === 1)
    expect(await h.gateway.drain(50)).toBe(1)
    expect((await call).code).toBe(status.UNAVAILABLE)
    expect(h.payments).toMatchObject({ committed: 0, open: 0 })
  })
})
