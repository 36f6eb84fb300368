import { once } from 'node:events'
import { connect as connectHttp2 } from 'node:http2'
import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Metadata } from '@grpc/grpc-js'
import { status } from '@grpc/grpc-js'
import { expect, test } from 'vitest'
import { live } from '../../../../src/shared/live.js'
import { makeCertificates } from '../../../support/certificates.js'
import { fixedTls } from '../../../support/fixed-tls.js'
import { type Harness, type HarnessOptions, openHarness, paid } from './harness.js'

const LOOPBACK = ['127.0.0.0/8']
const some = { trustedProxies: LOOPBACK, proxyProtocol: false, maxConnectionsPerClient: 1_000 }
const UNARY = '/echo.Echo/Unary'
const LIVEZ = 'GET /livez HTTP/1.1\r\nhost: a\r\n\r\n'

/** What a connection is answered that begins so; empty where it is closed. */
async function answerTo({ gateway }: Harness, ...parts: (string | Buffer)[]): Promise<string> {
  const socket = connect(gateway.address.port, gateway.address.host)
  socket.on('error', () => undefined)
  let heard = ''
  socket.on('data', (bytes: Buffer) => (heard += bytes.toString('latin1')))
  for (const part of parts) await new Promise((done) => socket.write(part, done))
  await new Promise((done) => socket.once('close', done))
  return heard
}

const open = (clients: Partial<typeof some>, more: HarnessOptions = {}) =>
  openHarness({ ...more, config: { ...more.config, clients: { ...some, ...clients } } })

const V1 = (client: string): string => `PROXY TCP4 ${client} 127.0.0.1 1 2\r\n`

test('a trusted proxy says by PROXY who the client is, and goes on with what it passes on', async () => {
  await using h = await open({ proxyProtocol: true })
  expect(await answerTo(h, V1('203.0.113.7') + LIVEZ)).toContain('200 OK')
  expect(
    await answerTo(h, 'PROXY TCP4 203.', '0.113.7 127.0.0.1 1 2\r', '\nGET /liv', 'ez HTTP/1.1\r\nhost: a\r\n\r\n'),
  ).toContain('200 OK')
  expect(await answerTo(h, 'PROXY UNKNOWN\r\n' + LIVEZ)).toContain('200 OK')
})

test.each([
  ['none', LIVEZ],
  ['a malformed one', `PROXY TCP4 nobody 127.0.0.1 1 2\r\n${LIVEZ}`],
])('its connection with %s is closed', async (_what, bytes) => {
  await using h = await open({ proxyProtocol: true })
  expect(await answerTo(h, bytes)).toBe('')
})

test('whoever is no trusted proxy is not heard with such a header', async () => {
  await using h = await open({ proxyProtocol: true, trustedProxies: ['10.0.0.0/8'] })
  expect(await answerTo(h, V1('203.0.113.7') + LIVEZ)).toBe('')
  expect(await answerTo(h, LIVEZ)).toContain('200 OK')
})

test('each client of a proxy has its own connections', async () => {
  await using h = await open({ proxyProtocol: true, maxConnectionsPerClient: 2 })
  const sockets: Socket[] = []
  const isTaken = async (client: string): Promise<boolean> => {
    const socket = connect(h.gateway.address.port, h.gateway.address.host)
    sockets.push(socket.on('error', () => undefined))
    const session = new Promise<boolean>((done) =>
      socket.once('data', () => done(true)).once('close', () => done(false)),
    )
    socket.write(`${V1(client)}PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n`)
    socket.write(Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]))
    return await session
  }
  expect([await isTaken('203.0.113.7'), await isTaken('203.0.113.7')]).toEqual([true, true])
  expect(await isTaken('203.0.113.7')).toBe(false)
  expect(await isTaken('203.0.113.8')).toBe(true)
  sockets[0]?.destroy()
  await expect.poll(() => isTaken('203.0.113.7')).toBe(true)
  for (const socket of sockets) socket.destroy()
})

test('PROXY stands in front of TLS', async () => {
  await using certificates = await makeCertificates()
  const { cert, key } = certificates.make('a')
  await using h = await open({ proxyProtocol: true }, { config: { tls: fixedTls({ cert, key }) } })
  const socket = connect(h.gateway.address.port, h.gateway.address.host)
  socket.write(V1('203.0.113.7'))
  const secure = connectTls({ socket, servername: 'localhost', ca: cert, ALPNProtocols: ['http/1.1'] })
  await once(secure, 'secureConnect')
  secure.write(LIVEZ)
  expect(String((await once(secure, 'data'))[0])).toContain('200 OK')
  secure.destroy()
})

const forwarded = (list: string): Metadata => {
  const metadata = paid()
  metadata.set('x-forwarded-for', list)
  return metadata
}

test('each client by x-forwarded-for has a rate of its own, and none by what it makes up itself', async () => {
  await using h = await open({}, { config: { clientRate: live({ perMinute: 0.001, burst: 1 }) } })
  const call = async (list: string) =>
    (await h.client.call(UNARY, [Buffer.from('x')], { metadata: forwarded(list) })).code
  expect(await call('203.0.113.7')).toBe(status.OK)
  expect(await call('9.9.9.9, 203.0.113.7')).toBe(status.RESOURCE_EXHAUSTED)
  expect(await call('203.0.113.8')).toBe(status.OK)
})

test('who is no trusted proxy has one rate, whatever he says', async () => {
  await using h = await open(
    { trustedProxies: [] },
    { config: { clientRate: live({ perMinute: 0.001, burst: 1 }), rate: live(undefined) } },
  )
  const call = async (list: string) =>
    (await h.client.call(UNARY, [Buffer.from('x')], { metadata: forwarded(list) })).code
  expect([await call('203.0.113.7'), await call('203.0.113.8')]).toEqual([status.OK, status.RESOURCE_EXHAUSTED])
})

test('connections of one address are bounded where no proxy is trusted', async () => {
  await using h = await open({ trustedProxies: [], maxConnectionsPerClient: 1 })
  const session = connectHttp2(`http://127.0.0.1:${h.gateway.address.port}`)
  await once(session, 'remoteSettings')
  expect(await answerTo(h, LIVEZ)).toBe('')
  session.destroy()
  await expect.poll(() => answerTo(h, LIVEZ)).toContain('200 OK')
})
