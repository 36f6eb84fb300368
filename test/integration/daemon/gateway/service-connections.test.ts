import { connect as connectHttp2, createServer as createHttp2Server, type ServerHttp2Stream } from 'node:http2'
import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { status } from '@grpc/grpc-js'
import { describe, expect, test } from 'vitest'
import { framed } from '../../../support/by-hand.js'
import { startCutProxy } from '../../../support/cut-proxy.js'
import { startEchoService } from '../../../support/echo-service.js'
import { startFrameService, wholeAnswer } from '../../../support/frame-service.js'
import { frame, FRAME } from '../../../support/frames.js'
import { takeTime } from '../../../support/take-time.js'
import { DATA_PLANE } from '../../../support/gateway-config.js'
import { until } from '../../../support/until.js'
import { type Harness, openHarness, paid } from './harness.js'

const bytes = (text: string) => Buffer.from(text)
const UNARY = '/echo.Echo/Unary'
const COUNT = '/echo.Echo/Count'
const GRPC = { ':status': 200, 'content-type': 'application/grpc' }
const MESSAGE = Buffer.from([0, 0, 0, 0, 1, 7])

const unary = (h: Harness, word = 'x', signal?: AbortSignal) =>
  h.client.call(UNARY, [bytes(word)], { metadata: paid(), ...(signal && { signal }) })

/** A service that answers when told to, and at most `maxConcurrentStreams` calls of one connection at a time. */
async function startSlowService(maxConcurrentStreams: number) {
  const server = createHttp2Server({ settings: { maxConcurrentStreams } })
  const open = new Set<ServerHttp2Stream>()
  const sessions = new Set<{ destroy(): void }>()
  let most = 0
  server.on('session', (session) => {
    sessions.add(session)
    let ofSession = 0
    session.on('stream', (stream) => {
      most = Math.max(most, ++ofSession)
      stream.once('close', () => ofSession--)
    })
  })
  server.on('stream', (stream: ServerHttp2Stream) => {
    stream.on('error', () => undefined).resume()
    open.add(stream)
    stream.once('close', () => open.delete(stream))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    open,
    sessions,
    /** The most calls that were open on one connection. */
    get most() {
      return most
    },
    answerAll(): void {
      for (const stream of open) {
        stream.respond(GRPC, { waitForTrailers: true })
        stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }))
        stream.end(MESSAGE)
      }
    },
    async [Symbol.asyncDispose]() {
      for (const session of sessions) session.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}

describe('a service that takes few calls on one connection', () => {
  test('gets as many as it takes, and the others on further connections', async () => {
    await using service = await startSlowService(2)
    await using h = await openHarness({ url: service.url })
    const calls = Array.from({ length: 7 }, () => unary(h))
    await until('all calls are there', () => service.open.size === 7)
    expect([service.most, service.sessions.size]).toEqual([2, 4])
    service.answerAll()
    expect((await Promise.all(calls)).map(({ code }) => code)).toEqual(Array(7).fill(0))
  })

  test('and has all of them: the next call is refused at once, without payment, until there is room again', async () => {
    await using service = await startSlowService(1)
    await using h = await openHarness({ url: service.url, limits: { maxConnections: 2 } })
    const calls = [unary(h), unary(h)]
    await until('all calls are there', () => service.open.size === 2)
    const refused = await unary(h)
    expect(refused).toMatchObject({ code: status.UNAVAILABLE, details: 'the service takes no more calls at a time' })
    expect(refused.trailers.get('snetd-error-kind')).toEqual(['upstream-failed'])
    service.answerAll()
    await Promise.all(calls)
    const next = unary(h)
    await until('the next call is there', () => service.open.size === 1)
    service.answerAll()
    expect((await next).code).toBe(0)
    expect(h.payments).toMatchObject({ committed: 3, open: 0 })
    expect(service.sessions.size).toBe(2)
  })

  test('and takes none at all: calls are refused instead of waiting', async () => {
    const NO_STREAMS = frame(FRAME.settings, { payload: Buffer.from([0, 3, 0, 0, 0, 0]) })
    await using service = await startFrameService({ hello: NO_STREAMS })
    await using h = await openHarness({ url: service.url, limits: { maxConnections: 2 } })
    expect((await unary(h)).code).toBe(status.UNAVAILABLE)
    expect(service.connections).toBe(2)
  })
})

/** A service behind a way that can be frozen: nothing passes any more, and nothing breaks. */
async function openBehindProxy(limits: Parameters<typeof openHarness>[0] = {}) {
  const service = await startEchoService()
  const proxy = await startCutProxy(service.url.host)
  const h = await openHarness({ url: new URL(`http://${proxy.endpoint}`), ...limits })
  return {
    service,
    proxy,
    h,
    async [Symbol.asyncDispose]() {
      await h[Symbol.asyncDispose]()
      await proxy[Symbol.asyncDispose]()
      await service[Symbol.asyncDispose]()
    },
  }
}

const QUICK = { askAfterMs: [50], answerMs: 200, connectTimeoutMs: 500 }

describe('a connection that swallows everything', () => {
  test('is noticed while a call waits on it: the call ends, costs nothing, and the next one is served', async () => {
    await using all = await openBehindProxy({ limits: QUICK })
    const { h, proxy, service } = all
    expect((await unary(h)).code).toBe(0)
    const waiting = unary(h, 'hang')
    await until('the call has reached the service', () => service.seen.length === 2)
    proxy.freeze()
    expect(await waiting).toMatchObject({
      code: status.UNAVAILABLE,
      details: `the service at ${proxy.endpoint} gives no sign of life`,
    })
    expect(h.payments).toMatchObject({ committed: 1, open: 0 })
    expect((await unary(h)).code).toBe(0)
    expect(proxy.connections).toBe(2)
  })

  test('is not used again after a time without a call', async () => {
    await using all = await openBehindProxy({ limits: { freshMs: 100 } })
    const { h, proxy } = all
    expect((await unary(h)).code).toBe(0)
    proxy.freeze()
    await until('a call is served', async () => (await callWithin(h, 100)) === 0)
    expect(proxy.connections).toBe(2)
  })

  test('is passed over by new calls when it was silent for long, while an old one still waits on it', async () => {
    await using all = await openBehindProxy({ limits: { freshMs: 200 } })
    const { h, proxy, service } = all
    const stop = new AbortController()
    const waiting = unary(h, 'hang', stop.signal)
    await until('the call has reached the service', () => service.seen.length === 1)
    proxy.freeze()
    await until('a call is served', async () => (await callWithin(h, 100)) === 0)
    expect(proxy.connections).toBeGreaterThan(1)
    stop.abort()
    await waiting
  })

  test('is told by the health of the daemon', async () => {
    await using all = await openBehindProxy({ limits: { ...QUICK, freshMs: 100 } })
    const { h, proxy } = all
    expect(await h.upstream.health()).toEqual({ ok: true })
    await unary(h)
    proxy.freeze({ newOnes: true })
    await until('the health says so', async () => !(await h.upstream.health()).ok)
    expect(await h.upstream.health()).toEqual({ ok: false, reason: 'it gives no sign of life' })
  })
})

const callWithin = async (h: Harness, ms: number): Promise<number> =>
  (await h.client.call(UNARY, [bytes('x')], { metadata: paid(), deadline: new Date(Date.now() + ms) })).code

test('a service that thinks for long and answers a PING is waited for', async () => {
  let pings = 0
  let answer = (): void => undefined
  await using service = await startFrameService({
    onEnd: (stream, say) => {
      answer = () => say(wholeAnswer(stream, [], []))
      return Buffer.alloc(0)
    },
    onPing: () => {
      pings++
    },
  })
  await using h = await openHarness({ url: service.url, limits: { askAfterMs: [20], answerMs: 5_000 } })
  const call = unary(h)
  await until('it was asked some times', () => pings > 3)
  answer()
  expect((await call).code).toBe(0)
})

test('a service is not asked for a sign of life more often than it bears', async () => {
  let pings = 0
  await using service = await startFrameService({
    onPing: () => {
      pings++
    },
  })
  await using h = await openHarness({ url: service.url, limits: { askAfterMs: [20, 40, 60_000], answerMs: 5_000 } })
  const stop = new AbortController()
  const call = unary(h, 'x', stop.signal)
  await until('it was asked twice', () => pings === 2)
  await takeTime(300)
  expect(pings).toBe(2)
  stop.abort()
  await call
})

test('a service that accepts connections and says nothing cannot be connected to', async () => {
  const server = createServer((socket) => socket.on('error', () => undefined).resume())
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await using h = await openHarness({ url: new URL(`http://127.0.0.1:${port}`), limits: { connectTimeoutMs: 100 } })
  const { code, details } = await unary(h)
  expect([code, details.split('\n')[0]]).toEqual([
    status.INTERNAL,
    `can't connect to service 127.0.0.1:${port}: no connection within 100 ms`,
  ])
  expect(h.payments).toMatchObject({ committed: 0, open: 0 })
  server.close()
})

test('a service that speaks only HTTP/1.1 is named as such to the client, and by the health', async () => {
  const server = createHttpServer((_request, response) => response.end('hello'))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await using h = await openHarness({ url: new URL(`http://127.0.0.1:${port}`) })
  const { code, details } = await unary(h)
  expect(code).toBe(status.INTERNAL)
  expect(details).toContain(`127.0.0.1:${port}: it speaks HTTP/1.1 and no HTTP/2, which gRPC needs`)
  expect(await h.upstream.health()).toEqual({ ok: false, reason: 'it speaks HTTP/1.1 and no HTTP/2' })
  expect(h.payments).toMatchObject({ committed: 0, open: 0 })
  server.close()
})

test('a service that speaks only HTTP/1.1 is known as such though its first answer was lost to a reset', async () => {
  let connections = 0
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    if (connections++ === 0) socket.once('data', () => socket.resetAndDestroy())
    else socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  await using h = await openHarness({ url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`) })
  expect(await h.upstream.health()).toEqual({ ok: false, reason: 'it speaks HTTP/1.1 and no HTTP/2' })
  server.close()
})

test('a service whose answer is neither HTTP/1.1 nor HTTP/2 is not taken for either', async () => {
  const server = createServer((socket) => socket.on('error', () => undefined).end('220 mail.example ESMTP\r\n'))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  await using h = await openHarness({ url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`) })
  const { code, details } = await unary(h)
  expect(code).toBe(status.INTERNAL)
  expect(details).not.toContain('HTTP/1.1')
  server.close()
})

test('an answer that its connection took with it is not paid, though its OK had come; one that was kept is', async () => {
  const muchMoreThanIsTaken = Array.from({ length: 15 }, () => framed(Buffer.alloc(16_000)))
  const PING = frame(FRAME.ping, { payload: Buffer.alloc(8) })
  await using service = await startFrameService({
    onEnd: (stream) => Buffer.concat([wholeAnswer(stream, [], [], muchMoreThanIsTaken), PING]),
    onPong: () => service.reset(),
  })
  await using h = await openHarness({ url: service.url, stallMs: 1_000 })
  const session = connectHttp2(`http://127.0.0.1:${h.gateway.address.port}`, { settings: { initialWindowSize: 0 } })
  const call = { ':method': 'POST', ':path': COUNT, 'content-type': 'application/grpc' }
  const stream = session.request({ ...call, ...paid().toHttp2Headers() })
  stream.on('error', () => undefined).end(MESSAGE)
  await h.payments.nextRelease()
  // Node forgets with a connection what was not read of it; our own frame layer has all of the answer, and delivers it.
  expect(h.payments.committed).toBe(DATA_PLANE === 'frames' ? 1 : 0)
  session.destroy()
})

test('trouble with the service is told once a minute, however many calls meet it', async () => {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  server.close()
  await using h = await openHarness({ url: new URL(`http://127.0.0.1:${port}`) })
  const codes = await Promise.all(Array.from({ length: 20 }, async () => (await unary(h)).code))
  expect(codes).toEqual(Array(20).fill(status.INTERNAL))
  expect(h.log.filter((line) => line === 'the service did not answer a call')).toHaveLength(1)
})
