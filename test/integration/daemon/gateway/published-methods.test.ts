import { once } from 'node:events'
import { type ClientHttp2Session, connect, type IncomingHttpHeaders } from 'node:http2'
import { live } from '../../../../src/shared/live.js'
import { describe, expect, test } from 'vitest'
import { startRawService } from '../../../support/echo-service.js'
import { type Harness, openHarness, paid } from './harness.js'

const UNARY = '/echo.Echo/Unary'
const MESSAGE = Buffer.from([0, 0, 0, 0, 1, 120])

/** A service that routes by URL, as some libraries do, and answers whatever it is asked. */
async function startLenientService() {
  const paths: unknown[] = []
  const service = await startRawService((stream) => {
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true })
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }))
    stream.resume().on('end', () => stream.end(MESSAGE))
  })
  service.server.on('stream', (_stream, headers) => paths.push(headers[':path']))
  return { ...service, paths }
}

const clientOf = (h: Harness): ClientHttp2Session =>
  connect(`http://127.0.0.1:${h.gateway.address.port}`).on('error', () => undefined)

/** Status and text of one call by its bare path. */
async function ask(session: ClientHttp2Session, path: string): Promise<{ code: string; text: string }> {
  const stream = session.request({
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc',
    te: 'trailers',
    ...paid().toHttp2Headers(),
  })
  let last: IncomingHttpHeaders = {}
  for (const event of ['response', 'trailers'])
    stream.on(event, (headers: IncomingHttpHeaders) => (last = { ...last, ...headers }))
  stream.resume().end(MESSAGE)
  await once(stream, 'close')
  return { code: String(last['grpc-status']), text: decodeURIComponent(String(last['grpc-message'])) }
}

/** Spellings that one library or another routes to the same method. */
const VARIANTS = [
  ...['?x', '?', '#f', ';v=1', '%00', '/', '\\', '.', 'é'].map((more) => `${UNARY}${more}`),
  ...['//echo.Echo/Unary', '/./echo.Echo/Unary', '/x/../echo.Echo/Unary', '/x\\..\\echo.Echo/Unary'],
  ...['/echo.Echo/.\\Unary', '/echo.Echo%2FUnary', '/%65cho.Echo/Unary', '/echo.Echo/%55nary', '/echo.Echo//Unary'],
  ...['/.echo.Echo/Unary', '/echo..Echo/Unary', '/echo.Echo./Unary', '/../Unary', '/echo.Echo/', '/'],
]
const STRANGE = ['/echo.Echo/unary', '/echo.echo/Unary', '/echo.Echo/Nothing', '/Echo/Unary', '/other.Service/Unary']
const BESIDE = ['/grpc.health.v1.Health/Check', '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo']

describe('where the methods of the service are known', () => {
  test('nothing else reaches it, costs anything, or counts as a call of the rate', async () => {
    await using service = await startLenientService()
    const rate = live({ perMinute: 1, burst: 1 })
    await using h = await openHarness({ url: service.url, config: { rate } })
    const session = clientOf(h)
    for (const path of [...VARIANTS, ...STRANGE, ...BESIDE]) {
      expect({ path, ...(await ask(session, path)) }).toMatchObject({ path, code: '12' })
    }
    expect(service.paths).toEqual([])
    expect(h.payments.reserved).toBe(0)
    expect(await ask(session, UNARY)).toMatchObject({ code: '0' })
    expect(service.paths).toEqual([UNARY])
    session.destroy()
  })

  test('the refusal names method and service', async () => {
    await using h = await openHarness()
    const session = clientOf(h)
    expect((await ask(session, '/echo.Echo/Nothing')).text).toBe('unknown method Nothing for service echo.Echo')
    expect((await ask(session, `${UNARY}?x`)).text).toBe('malformed method name')
    session.destroy()
  })
})

test('where they are not known, every path of a method is forwarded, and no other', async () => {
  await using service = await startLenientService()
  await using h = await openHarness({
    url: service.url,
    methods: { find: () => ({ asksOnce: false, answersOnce: false }) },
  })
  const session = clientOf(h)
  for (const path of VARIANTS) expect({ path, ...(await ask(session, path)) }).toMatchObject({ path, code: '12' })
  expect(service.paths).toEqual([])
  for (const path of [UNARY, ...STRANGE, ...BESIDE]) expect((await ask(session, path)).code).toBe('0')
  expect(service.paths).toEqual([UNARY, ...STRANGE, ...BESIDE])
  session.destroy()
})

test.each([
  ['published', { find: () => ({ asksOnce: true, answersOnce: true }) }],
  ['not known', { find: () => ({ asksOnce: false, answersOnce: false }) }],
])('the training half of a service is not reached past the daemon, be its methods %s', async (_what, methods) => {
  await using service = await startLenientService()
  await using h = await openHarness({ url: service.url, methods })
  const session = clientOf(h)
  for (const name of ['get_all_models', 'create_model', 'train_model', 'update_model_access'])
    expect((await ask(session, `/training.Model/${name}`)).code).toBe('3')
  expect(service.paths).toEqual([])
  expect(h.payments.reserved).toBe(0)
  session.destroy()
})
