import { type ClientHttp2Session, connect, type IncomingHttpHeaders } from 'node:http2'
import { afterAll, describe, expect, test } from 'vitest'
import { makeCertificates } from '../../../support/certificates.js'
import { openHarness } from './harness.js'

const certificates = await makeCertificates()
afterAll(() => certificates[Symbol.asyncDispose]())
const { cert, key } = certificates.make('gate')

async function open(tls: { cert: Buffer; key: Buffer } | undefined) {
  const h = await openHarness({ config: { tls } })
  const session = connect(`${tls ? 'https' : 'http'}://localhost:${h.gateway.address.port}`, { ca: cert })
  session.on('error', () => undefined)
  return {
    ...h,
    ask: (path: string, method = 'GET') => ask(session, path, method),
    async [Symbol.asyncDispose]() {
      session.destroy()
      await h[Symbol.asyncDispose]()
    },
  }
}

function ask(
  session: ClientHttp2Session,
  path: string,
  method: string,
): Promise<IncomingHttpHeaders & { body: string }> {
  const stream = session.request({ ':method': method, ':path': path })
  let body = ''
  let headers: IncomingHttpHeaders = {}
  stream.on('response', (block) => (headers = block))
  stream.on('data', (part: Buffer) => (body += String(part)))
  return new Promise((done, fail) => stream.on('end', () => done({ ...headers, body })).on('error', fail))
}

describe.each([
  ['cleartext', undefined],
  ['TLS', { cert, key }],
])('over HTTP/2 in %s', (_name, tls) => {
  test('every page is what it is over HTTP/1.1', async () => {
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
