import { once } from 'node:events'
import { type IncomingMessage, type OutgoingHttpHeaders, request, type RequestOptions } from 'node:http'
import { type ClientHttp2Session, connect, type IncomingHttpHeaders } from 'node:http2'
import { afterAll, describe, expect, test } from 'vitest'
import { makeCertificates } from '../../../support/certificates.js'
import { openHarness } from './harness.js'
import { fixedTls } from '../../../support/fixed-tls.js'

const certificates = await makeCertificates()
afterAll(() => certificates[Symbol.asyncDispose]())
const { cert, key } = certificates.make('gate')

async function open(tls: { cert: Buffer; key: Buffer } | undefined) {
  const h = await openHarness({ config: { tls: tls && fixedTls(tls) } })
  const session = connect(`${tls ? 'https' : 'http'}://localhost:${h.gateway.address.port}`, { ca: cert })
  session.on('error', () => undefined)
  return {
    ...h,
    ask: (path: string, method = 'GET', headers: OutgoingHttpHeaders = {}) =>
      ask(session, { ...headers, ':path': path, ':method': method }),
    /** The same over HTTP/1.1. */
    ask1: (path: string, method: string, headers: OutgoingHttpHeaders) =>
      ask1({ host: '127.0.0.1', port: h.gateway.address.port, path, method, headers }),
    async [Symbol.asyncDispose]() {
      session.destroy()
      await h[Symbol.asyncDispose]()
    },
  }
}

function ask(session: ClientHttp2Session, asked: OutgoingHttpHeaders): Promise<IncomingHttpHeaders & { body: string }> {
  const stream = session.request(asked)
  let body = ''
  let headers: IncomingHttpHeaders = {}
  stream.on('response', (block) => (headers = block))
  stream.on('data', (part: Buffer) => (body += String(part)))
  return new Promise((done, fail) => stream.on('end', () => done({ ...headers, body })).on('error', fail))
}

async function ask1(options: RequestOptions): Promise<object> {
  const [answer] = (await once(request(options).end(), 'response')) as [IncomingMessage]
  answer.resume()
  return { ...answer.headers, ':status': answer.statusCode }
}

describe.each([
  ['cleartext', undefined],
  ['TLS', { cert, key }],
])('over HTTP/2 in %s', (_name, tls) => {
  test('every page is what it is over HTTP/1.1, though no call came before it (defects 53 and 56)', async () => {
    await using h = await open(tls)
    expect(await h.ask('/livez')).toMatchObject({
      ':status': 200,
      'content-type': 'text/plain; charset=utf-8',
      'content-length': '3',
      body: 'ok\n',
    })
    expect(await h.ask('/encoding')).toMatchObject({ ':status': 200, body: 'proto\n' })
    expect(await h.ask('/readyz?verbose')).toMatchObject({ ':status': 200, body: '{"ready":true,"parts":[]}\n' })
    h.health.watch('chain', () => ({ ok: false, reason: 'no block for 400 s' }))
    expect(await h.ask('/readyz')).toMatchObject({ ':status': 503, 'content-type': 'application/json; charset=utf-8' })
  })
})

test('HEAD has no body, a wrong method is told the right ones, and no page is none', async () => {
  await using h = await open(undefined)
  expect(await h.ask('/livez', 'HEAD')).toMatchObject({ ':status': 200, 'content-length': '3', body: '' })
  expect(await h.ask('/livez', 'POST')).toMatchObject({ ':status': 405, allow: 'GET, HEAD' })
  expect(await h.ask('/')).toMatchObject({ ':status': 405 })
})

test('whoever leaves before a reading is there costs nothing but that', async () => {
  await using h = await open(undefined)
  let tell = (): void => undefined
  h.health.watch('slow', () => new Promise((done) => (tell = () => done({ ok: true }))))
  const session = connect(`http://localhost:${h.gateway.address.port}`)
  const stream = session.request({ ':path': '/readyz' })
  stream.on('error', () => undefined)
  await new Promise<void>((done) => session.once('connect', () => session.ping(() => done())))
  const asked = h.ask('/readyz')
  await new Promise<void>((done) => stream.close(8, done))
  session.destroy()
  tell()
  expect(await asked).toMatchObject({ ':status': 200 })
  expect(h.log).toEqual([])
})

test('a browser gets leave for a script of another site over both versions, and the script may read the page', async () => {
  await using h = await open(undefined)
  const asking = {
    origin: 'https://dapp.example',
    'access-control-request-method': 'GET',
    'access-control-request-headers': 'x-probe',
  }
  const leave = {
    ...{ ':status': 204, 'access-control-allow-origin': '*' },
    ...{ 'access-control-allow-methods': 'GET', 'access-control-allow-headers': 'x-probe' },
  }
  const page = { ':status': 200, 'access-control-allow-origin': '*', vary: 'Origin' }
  for (const answer of [await h.ask('/encoding', 'OPTIONS', asking), await h.ask1('/encoding', 'OPTIONS', asking)]) {
    expect(answer).toMatchObject(leave)
    expect(answer).not.toHaveProperty('content-length')
  }
  expect(await h.ask('/encoding')).toMatchObject(page)
  expect(await h.ask1('/encoding', 'GET', { origin: 'https://dapp.example' })).toMatchObject(page)
})
