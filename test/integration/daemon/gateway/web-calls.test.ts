import { afterAll, describe, expect, test } from 'vitest'
import { SnetError } from '../../../../src/shared/errors.js'
import { makeCertificates } from '../../../support/certificates.js'
import { PAYER } from '../../../support/fake-payments.js'
import { framed } from '../../../support/by-hand.js'
import { until } from '../../../support/until.js'
import { fromBase64, openWebClient, readFrames, type WebClient } from '../../../support/web-client.js'
import { type HarnessOptions, openHarness, paid } from './harness.js'
import { fixedTls } from '../../../support/fixed-tls.js'

const certificates = await makeCertificates()
afterAll(() => certificates[Symbol.asyncDispose]())
const { cert, key } = certificates.make('gate')

const UNARY = '/echo.Echo/Unary'
const COUNT = '/echo.Echo/Count'
const ORIGIN = 'https://page.example'
const PAID = { origin: ORIGIN, ...(paid().toHttp2Headers() as Record<string, string>) }
const bytes = (text: string) => Buffer.from(text)

async function open(version: 1 | 2, tls: boolean, options: HarnessOptions = {}) {
  const h = await openHarness({
    ...options,
    config: { ...(tls && { tls: fixedTls({ cert, key }) }), ...options.config },
  })
  const client = openWebClient(
    `${tls ? 'https' : 'http'}://localhost:${h.gateway.address.port}`,
    version,
    tls ? cert : undefined,
  )
  return {
    ...h,
    web: client,
    async [Symbol.asyncDispose]() {
      client[Symbol.dispose]()
      await h[Symbol.asyncDispose]()
    },
  }
}

const WAYS: [string, 1 | 2, boolean, boolean][] = [
  ['bytes over HTTP/1.1', 1, false, false],
  ['text over HTTP/1.1 and TLS', 1, true, true],
  ['text over HTTP/2', 2, false, true],
  ['bytes over HTTP/2 and TLS', 2, true, false],
]

describe.each(WAYS)('a web page calls with %s', (_name, version, tls, text) => {
  const call = (web: WebClient, path: string, words: string, headers: Record<string, string> = PAID) =>
    web.call(path, [bytes(words)], { text, headers })

  test('and has its answer, with headers and trailers of the service; it is paid', async () => {
    await using h = await open(version, tls)
    const answer = await call(h.web, UNARY, 'hello')
    expect(answer).toMatchObject({
      ...{ httpStatus: 200, code: 0, messages: [bytes('hello')] },
      trailers: { 'grpc-status': '0', 'x-trailer': 'end' },
      headers: {
        'content-type': `application/grpc-web${text ? '-text' : ''}+proto`,
        'access-control-allow-origin': '*',
        'access-control-expose-headers': expect.stringContaining('grpc-status'),
        'x-header': 'start',
      },
    })
    expect(h.payments).toMatchObject({ committed: 1, released: 1 })
    expect(h.service.seen[0]?.getMap()).toMatchObject({ 'snet-user-address': PAYER, origin: ORIGIN })
  })

  test('and has the messages of a stream', async () => {
    await using h = await open(version, tls)
    const { messages, code } = await call(h.web, COUNT, '40 7000')
    expect(messages).toEqual(Array.from({ length: 40 }, (_, i) => Buffer.alloc(7_000, i + 1)))
    expect([code, h.payments.committed]).toEqual([0, 1])
  })

  test.each(['fail', 'fail at once'])('and has the error of the service, whole, unpaid: %s', async (how) => {
    await using h = await open(version, tls)
    const answer = await call(h.web, UNARY, how)
    expect(answer).toMatchObject({ httpStatus: 200, code: 15, message: 'lost: 100 % ✓', messages: [] })
    expect({ ...answer.headers, ...answer.trailers }).toMatchObject({
      'grpc-status-details-bin': Buffer.from('details').toString('base64'),
      'x-trailer': 'end',
    })
    expect(h.payments).toMatchObject({ committed: 0, released: 1 })
  })

  test('and reads a refusal in the head of an answer without anything else', async () => {
    await using h = await open(version, tls)
    h.payments.refuse = new SnetError('payment-rejected', 'not enough tokens on payment channel')
    expect(await call(h.web, UNARY, 'hello')).toMatchObject({
      ...{
        httpStatus: 200,
        code: 16,
        message: 'not enough tokens on payment channel',
        messages: [],
        trailers: undefined,
      },
      headers: {
        'access-control-allow-origin': '*',
        'access-control-expose-headers': expect.stringContaining('grpc-status'),
      },
    })
    expect(await call(h.web, UNARY, 'hello', {})).toMatchObject({
      code: 3,
      message: expect.stringContaining('missing "snet-'),
    })
    expect(h.service.seen).toEqual([])
  })

  test('one after the other, and many at a time', async () => {
    await using h = await open(version, tls)
    for (const word of ['a', 'b', 'c']) expect((await call(h.web, UNARY, word)).messages).toEqual([bytes(word)])
    const words = Array.from({ length: 20 }, (_, i) => `${i}`)
    const answers = await Promise.all(words.map((word) => call(h.web, UNARY, word)))
    expect(answers.map(({ messages }) => String(messages[0]))).toEqual(words)
    expect(h.payments.committed).toBe(23)
  })
})

describe.each([
  ['HTTP/1.1', 1],
  ['HTTP/2', 2],
] as const)('over %s', (_name, version) => {
  test.each([false, true])('a message of a stream is there as soon as it is sent (text: %s)', async (text) => {
    await using h = await open(version, false)
    const type = { 'content-type': `application/grpc-web${text ? '-text' : ''}` }
    const call = h.web.open(COUNT, { ...PAID, ...type })
    const request = framed(bytes('3 10 1'))
    call.end(text ? request.toString('base64') : request)
    let body: Buffer = Buffer.alloc(0)
    for await (const piece of call.body) {
      body = Buffer.concat([body, text ? fromBase64(piece) : piece])
      if (body.length >= 3 * 15) break
    }
    expect(readFrames(body)).toEqual({ messages: [1, 2, 3].map((n) => Buffer.alloc(10, n)), trailers: undefined })
    expect(h.payments).toMatchObject({ committed: 0, open: 1 })
  })

  test('a page that closes a stream ends the call at the service, unpaid', async () => {
    await using h = await open(version, false)
    const call = h.web.open(COUNT, { ...PAID, 'content-type': 'application/grpc-web' })
    call.end(framed(bytes('1 10 1')))
    await call.head
    const [cancelled, released] = [h.service.nextCancel(), h.payments.nextRelease()]
    call.abort()
    await Promise.all([cancelled, released])
    expect(h.payments).toMatchObject({ committed: 0, released: 1 })
  })

  test('a call that has not begun to be answered ends when its page goes', async () => {
    await using h = await open(version, false)
    const call = h.web.open(UNARY, { ...PAID, 'content-type': 'application/grpc-web' })
    call.end(framed(bytes('hang')))
    await until('the service has it', () => h.service.seen.length === 1)
    const cancelled = h.service.nextCancel()
    call.abort()
    await cancelled
    await until('the payment is given back', () => h.payments.released === 1)
  })

  test('a call ends at the deadline that its page sets', async () => {
    await using h = await open(version, false)
    const headers = { ...PAID, 'grpc-timeout': '300m' }
    expect(await h.web.call(UNARY, [bytes('hang')], { headers })).toMatchObject({ code: 4, httpStatus: 200 })
  })

  test.each([
    ['a method that is none', 'POST', '/heartbeat', {}, { code: 12, message: 'malformed method name' }],
    ['a method that nobody publishes', 'POST', '/a.B/C', {}, { code: 12 }],
    [
      'a time that is none',
      'POST',
      UNARY,
      { 'grpc-timeout': 'soon' },
      { code: 3, message: 'malformed grpc-timeout: "soon"' },
    ],
    ['too large a head', 'POST', UNARY, { 'x-a': 'a'.repeat(4_000) }, { code: 8 }],
  ])('%s is refused such that the page can read it', async (_what, _method, path, headers, told) => {
    await using h = await open(version, false, { config: { maxHeaderBytes: 4_000 } })
    const answer = await h.web.call(path, [bytes('x')], { headers: { ...PAID, ...headers } })
    expect(answer).toMatchObject({ httpStatus: 200, ...told, headers: { 'access-control-allow-origin': '*' } })
  })

  test('a request without a message is refused as everywhere', async () => {
    await using h = await open(version, false)
    expect(await h.web.call(UNARY, [], { headers: PAID })).toMatchObject({ code: 2, message: 'EOF' })
  })

  test('a message above the limit is refused, readably, and the connection goes on', async () => {
    await using h = await open(version, false, { config: { maxMessageBytes: 100_000 } })
    const large = await h.web.call(UNARY, [Buffer.alloc(1_000_000)], { headers: PAID })
    expect(large).toMatchObject({ code: 8, message: expect.stringContaining('larger than max (1000000 vs. 100000)') })
    expect((await h.web.call(UNARY, [bytes('a')], { headers: PAID })).code).toBe(0)
  })

  test('a browser is told that its page may call, with every header that pays', async () => {
    await using h = await open(version, false)
    const names = [
      ...Object.keys(PAID).filter((name) => name !== 'origin'),
      'content-type',
      'grpc-timeout',
      'x-grpc-web',
      'x-user-agent',
    ]
    const asked = {
      origin: ORIGIN,
      'access-control-request-method': 'POST',
      'access-control-request-headers': names.join(),
    }
    const call = h.web.open(UNARY, asked, 'OPTIONS')
    call.end()
    const { status, headers } = await call.head
    expect([status, headers]).toMatchObject([
      204,
      {
        'access-control-allow-origin': '*',
        'access-control-allow-methods': 'POST',
        'access-control-allow-headers': names.join(),
        'access-control-max-age': '7200',
      },
    ])
    expect(headers).not.toHaveProperty('access-control-allow-credentials')
  })

  test('only pages of allowed origins may, and others reach neither payment nor service', async () => {
    await using h = await open(version, false, { config: { allowedOrigins: ['https://friend.example'] } })
    const from = (origin: string) => h.web.call(UNARY, [bytes('a')], { headers: { ...PAID, origin } })
    expect(await from('https://friend.example')).toMatchObject({
      code: 0,
      headers: { 'access-control-allow-origin': 'https://friend.example', vary: 'Origin' },
    })
    const refused = await from('https://foe.example')
    expect(refused).toMatchObject({ code: 7, message: 'pages of https://foe.example may not call this daemon' })
    expect(refused.headers).not.toHaveProperty('access-control-allow-origin')
    expect([h.payments.reserved, h.service.seen.length]).toEqual([1, 1])
  })

  test('what the browser says of its connection does not reach the service, which would reset the call (defect 55)', async () => {
    await using h = await open(version, false)
    const ofBrowser = {
      accept: '*/*',
      'accept-encoding': 'gzip, br',
      'accept-language': 'en',
      'sec-fetch-mode': 'cors',
    }
    const { code } = await h.web.call(UNARY, [bytes('a')], { headers: { ...PAID, ...ofBrowser } })
    const names = Object.keys(h.service.seen[0]?.getMap() ?? {})
    expect([code, names]).toEqual([0, expect.arrayContaining(['sec-fetch-mode', 'accept-language'])])
    for (const name of [
      'connection',
      'host',
      'content-length',
      'transfer-encoding',
      'accept',
      'accept-encoding',
      'x-grpc-web',
    ])
      expect(names).not.toContain(name)
  })
})
