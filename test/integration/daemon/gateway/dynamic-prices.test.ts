import { once } from 'node:events'
import { connect, createSecureServer, createServer, type Http2Server, type ServerHttp2Stream } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { withPrefix } from '../../../../src/daemon/gateway/messages.js'
import { makeCertificates } from '../../../support/certificates.js'
import { until } from '../../../support/until.js'
import { openHarness, paid } from './harness.js'

const PRICE = '/echo.Echo/Price'
const CALL = '/echo.Echo/Unary'

/** What a pricing method answers; everything else is echoed. */
type Pricing = (stream: ServerHttp2Stream, request: Buffer) => void

interface PricedService extends AsyncDisposable {
  readonly url: URL
  /** What was asked, in order. */
  readonly asked: { readonly path: string; readonly headers: Record<string, unknown>; readonly request: Buffer }[]
  connections: number
  cancelled: number
}

const headers = { ':status': 200, 'content-type': 'application/grpc+proto' }

function answer(stream: ServerHttp2Stream, message: Buffer, frame = withPrefix(message)): void {
  stream.respond(headers, { waitForTrailers: true })
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }))
  stream.end(frame)
}

/** Answers only when the request has ended, as servers of unary methods do. */
async function startPricedService(pricing: Pricing, server: Http2Server = createServer()): Promise<PricedService> {
  const sessions = new Set<{ destroy(): void }>()
  const service = { asked: [] as PricedService['asked'], connections: 0, cancelled: 0 }
  server.on('session', (session) => {
    service.connections++
    sessions.add(session)
  })
  server.on('stream', (stream, incoming) => {
    const chunks: Buffer[] = []
    stream.on('error', () => undefined)
    stream.on('aborted', () => service.cancelled++)
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => {
      const [path, request] = [String(incoming[':path']), Buffer.concat(chunks)]
      service.asked.push({ path, headers: incoming, request })
      if (path === PRICE) pricing(stream, request)
      else answer(stream, request.subarray(5))
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const scheme = 'setSecureContext' in server ? 'https' : 'http'
  return Object.assign(service, {
    url: new URL(`${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`),
    async [Symbol.asyncDispose]() {
      for (const session of sessions) session.destroy()
      await new Promise((done) => server.close(done))
    },
  })
}

const open = async (service: PricedService, options: Parameters<typeof openHarness>[0] = {}) => {
  const harness = await openHarness({ url: service.url, ...options })
  harness.payments.askAt = PRICE
  return harness
}

const price = (amount: bigint): Buffer => {
  const bytes = [0x08]
  for (; amount > 127n; amount >>= 7n) bytes.push(Number(amount & 127n) | 128)
  return Buffer.from([...bytes, Number(amount)])
}

test('the service is asked with the first message and the metadata of the call, without the payment, on its connection', async () => {
  await using service = await startPricedService((stream) => answer(stream, price(2n ** 63n + 5n)))
  await using h = await open(service)
  const calls = [1, 2, 3].map((n) =>
    h.client.call(CALL, [Buffer.from(`order ${n}`)], { metadata: paid({ 'x-shop': 'a' }) }),
  )
  for (const { code, messages } of await Promise.all(calls)) expect([code, messages.length]).toEqual([0, 1])
  expect(h.payments.quoted).toEqual([2n ** 63n + 5n, 2n ** 63n + 5n, 2n ** 63n + 5n])
  const questions = service.asked.filter(({ path }) => path === PRICE)
  expect(questions.map(({ request }) => request.subarray(5).toString()).sort()).toEqual([
    'order 1',
    'order 2',
    'order 3',
  ])
  expect(questions[0]?.headers).toMatchObject({ 'x-shop': 'a', 'snet-payment-channel-amount': '10' })
  expect(questions[0]?.headers).not.toHaveProperty('snet-payment-channel-signature-bin')
  expect(service.connections).toBe(1)
  expect(h.payments).toMatchObject({ committed: 3, open: 0 })
})

describe('over TLS', () => {
  afterEach(() => void vi.unstubAllEnvs())

  test('the price is asked for as the calls are forwarded', async () => {
    await using made = await makeCertificates()
    const { cert, key } = made.make('service')
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    const server = createSecureServer({ cert, key }) as unknown as Http2Server
    await using service = await startPricedService((stream) => answer(stream, price(7n)), server)
    await using h = await open(service)
    expect(await h.client.call(CALL, [Buffer.from('x')], { metadata: paid() })).toMatchObject({ code: 0 })
    expect([h.payments.quoted, service.connections]).toEqual([[7n], 1])
  })
})

const status = (stream: ServerHttp2Stream): void =>
  stream.respond({ ...headers, 'grpc-status': '5', 'grpc-message': 'no such order' }, { endStream: true })

test.each<[string, Pricing, string]>([
  ['an error of its own', status, 'the service answered status 5: no such order'],
  ['a number below zero', (stream) => answer(stream, price(2n ** 64n - 1n)), 'the price -1 is negative'],
  ['a text', (stream) => answer(stream, Buffer.from('\n\x011')), 'the price is no whole number'],
  ['bytes that are no message', (stream) => answer(stream, Buffer.from([8, 255])), 'is not a protobuf message'],
  [
    'a number of more than 64 bits',
    (stream) => answer(stream, Buffer.concat([Buffer.from([8]), Buffer.alloc(11, 255)])),
    'is not a protobuf message',
  ],
  ['a packed message', (stream) => answer(stream, Buffer.alloc(0), Buffer.from([1, 0, 0, 0, 1, 8])), 'compressed'],
  ['far too much', (stream) => answer(stream, Buffer.alloc(100_000)), 'more than 1024 bytes'],
  ['nothing', (stream) => answer(stream, Buffer.alloc(0), Buffer.alloc(0)), ''],
  [
    'two prices',
    (stream) => answer(stream, Buffer.alloc(0), Buffer.concat([withPrefix(price(1n)), withPrefix(price(2n))])),
    '',
  ],
  ['a reset', (stream) => stream.close(2), ''],
])('a service that answers %s sells nothing, and the call costs nothing', async (_name, pricing, text) => {
  await using service = await startPricedService(pricing)
  await using h = await open(service)
  const { code, details } = await h.client.call(CALL, [Buffer.from('x')], { metadata: paid() })
  expect([code, details]).toEqual([13, expect.stringMatching(/^internal error: \/echo\.Echo\/Price: /)])
  expect(details).toContain(text)
  expect(service.asked.map(({ path }) => path)).not.toContain(CALL)
  expect(h.payments).toMatchObject({ reserved: 0, open: 0 })
})

test('an empty answer is the price 0', async () => {
  await using service = await startPricedService((stream) => answer(stream, Buffer.alloc(0)))
  await using h = await open(service)
  expect(await h.client.call(CALL, [Buffer.from('x')], { metadata: paid() })).toMatchObject({ code: 0 })
  expect(h.payments.quoted).toEqual([0n])
})

test('a price that does not come in time ends the question at the service', async () => {
  await using service = await startPricedService(() => undefined)
  await using h = await open(service, { config: { serviceTimeoutMs: 300 } })
  const deadline = new Date(Date.now() + 60_000)
  const { code, details } = await h.client.call(CALL, [Buffer.from('x')], { metadata: paid(), deadline })
  expect([code, details]).toEqual([13, 'internal error: /echo.Echo/Price: no price within 300 ms'])
  await until('the question was taken back', () => service.cancelled === 1)
})

test('a client that goes while the price is asked for takes the question with him', async () => {
  await using service = await startPricedService(() => undefined)
  await using h = await open(service)
  const gone = new AbortController()
  const call = h.client.call(CALL, [Buffer.from('x')], { metadata: paid(), signal: gone.signal })
  await until('the question', () => service.asked.length === 1)
  gone.abort()
  expect((await call).code).toBe(1)
  await until('the question was taken back', () => service.cancelled === 1)
})

test('a message that stops in the middle is not waited for', async () => {
  await using service = await startPricedService((stream) => answer(stream, price(1n)))
  await using h = await open(service, { config: { clientStallMs: 200 } })
  const session = connect(`http://127.0.0.1:${h.gateway.address.port}`)
  const stream = session.request({
    ':method': 'POST',
    ':path': CALL,
    'content-type': 'application/grpc',
    ...paid().toHttp2Headers(),
  })
  stream.on('error', () => undefined).write(Buffer.from([0, 0, 0, 0, 9, 1, 2, 3]))
  const [answered] = (await once(stream, 'response')) as [Record<string, string>]
  expect(answered['grpc-status']).toBe('4')
  expect(service.asked).toEqual([])
  session.destroy()
})
