import { once } from 'node:events'
import { connect as connectHttp2 } from 'node:http2'
import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { expect, test } from 'vitest'
import { openPort as listenOn, type PortConfig } from '../../../../src/daemon/gateway/transport/port.js'
import type { ServedStream } from '../../../../src/daemon/gateway/transport/http2/served-stream.js'
import { makeCertificates } from '../../../support/certificates.js'
import { FLAG, frame, FRAME, HELLO, PREFACE } from '../../../support/frames.js'
import { DATA_PLANE } from '../../../support/gateway-config.js'
import { until } from '../../../support/until.js'
import { fixedTls } from '../../../support/fixed-tls.js'

const CONFIG: PortConfig = {
  host: '127.0.0.1',
  port: 0,
  tls: undefined,
  firstBytesTimeoutMs: 100,
  silenceMs: 50,
  unansweredMs: 60_000,
  idleTimeoutMs: 60_000,
  maxHeaderBytes: 32 * 1024,
  maxStreamsPerConnection: 100,
  maxConnections: 1,
  dataPlane: DATA_PLANE,
}

async function openPort(
  changes: Partial<PortConfig> = {},
  onStream = (stream: ServedStream): unknown => stream.answer({ ':status': '200' }, ''),
) {
  const front = await listenOn(
    { ...CONFIG, ...changes },
    {
      onStream,
      onRequest: () => undefined,
      pages: () => Promise.resolve({ status: 200, type: 'text/plain', body: 'ok' }),
      onFault: () => undefined,
      onRefusal: () => undefined,
    },
  )
  const { host, port } = front.address
  return {
    address: front.address,
    url: `http://${host}:${port}`,
    /** A connection with these bytes; what comes back is thrown away. */
    say(bytes: Buffer | string): Socket {
      const socket = connect(port, host)
      socket.on('error', () => undefined).resume()
      socket.write(bytes)
      return socket
    },
    /** Whether a connection is taken and answered, and not closed at once. */
    isServing() {
      const socket = this.say('GET / HTTP/1.1\r\nhost: a\r\n\r\n')
      return new Promise<boolean>((done) => {
        socket.once('data', () => done(true)).once('close', () => done(false))
      }).finally(() => socket.destroy())
    },
    [Symbol.asyncDispose]: () => front.close(),
  }
}

const closed = (socket: Socket): Promise<void> => new Promise((done) => socket.once('close', () => done()))

/** Node answers this with GOAWAY and reads no further. */
const BROKEN = Buffer.concat([
  HELLO,
  frame(FRAME.headers, { flags: FLAG.endHeaders, stream: 1, payload: Buffer.alloc(20, 0xff) }),
])

test('a peer that broke the protocol and stays is closed', async () => {
  await using port = await openPort()
  await closed(port.say(BROKEN))
})

test('a peer that broke the protocol and left does not count as open', async () => {
  await using port = await openPort()
  const socket = port.say(BROKEN)
  await once(socket, 'data')
  socket.destroy()
  // The one connection that the port takes is free again.
  await until('the port serves', () => port.isServing())
})

test('a peer that gives no sign of life is closed', async () => {
  await using port = await openPort()
  await closed(port.say(HELLO))
})

test('a peer that goes on sending, but answers nothing, is closed', async () => {
  await using port = await openPort({ unansweredMs: 200 })
  const socket = port.say(HELLO)
  const drops = setInterval(() => socket.write(frame(FRAME.ping, { payload: Buffer.alloc(8) })), 10)
  await closed(socket)
  clearInterval(drops)
})

test('a peer that answers stays, however long it has no call', async () => {
  await using port = await openPort()
  const session = connectHttp2(port.url)
  for (let i = 0; i < 5; i++) await once(session, 'ping')
  const stream = session.request({ ':path': '/' })
  const [headers] = (await once(stream, 'response')) as [Record<string, unknown>]
  expect(headers[':status']).toBe(200)
  session.destroy()
})

test('a peer that has no call for long enough is told to go, although it answers', async () => {
  await using port = await openPort({ idleTimeoutMs: 200 })
  const session = connectHttp2(port.url)
  const start = performance.now()
  await once(session, 'goaway')
  expect(performance.now() - start).toBeGreaterThan(190)
  await once(session, 'close')
})

test('a peer whose call takes its time is not without a call', async () => {
  await using port = await openPort({ idleTimeoutMs: 100 }, (stream) =>
    setTimeout(() => stream.answer({ ':status': '200' }, ''), 400),
  )
  const session = connectHttp2(port.url)
  const stream = session.request({ ':path': '/' })
  const [headers] = (await once(stream, 'response')) as [Record<string, unknown>]
  expect(headers[':status']).toBe(200)
  expect(session.closed).toBe(false)
  session.destroy()
})

test.each([
  ['says nothing', ''],
  ['says a part of what tells the protocol', 'GE'],
  ['says half an HTTP/1.1 request', 'GET / HTT'],
  ['says half a second request', 'GET / HTTP/1.1\r\nhost: a\r\n\r\nGET / HT'],
])('a connection that %s is closed', async (_name, words) => {
  await using port = await openPort()
  await closed(port.say(words))
})

test('a request that comes drop by drop is closed, although it is never silent for long', async () => {
  await using port = await openPort()
  const socket = port.say('GET /')
  const drops = setInterval(() => socket.write('y'), 10)
  await closed(socket)
  clearInterval(drops)
})

test.each([
  ['no protocol', undefined],
  ['HTTP/1.1', ['http/1.1']],
])(
  'a TLS client that agreed to %s and speaks HTTP/2 is served, and closes nobody else',
  async (_name, ALPNProtocols) => {
    const certificates = await makeCertificates()
    const { cert, key } = certificates.make('front')
    await using port = await openPort({ tls: fixedTls({ cert, key }), maxConnections: 2 })
    const overTls = () => connectTls({ ...port.address, ca: cert, ...(ALPNProtocols && { ALPNProtocols }) })
    const silent = overTls()
    silent.on('error', () => undefined).resume()
    silent.write(PREFACE)
    await once(silent, 'secureConnect')

    const session = connectHttp2(port.url, { createConnection: overTls })
    expect((await once(session, 'remoteSettings'))[0]).toMatchObject({ maxConcurrentStreams: 100 })
    await closed(silent)
    for (let i = 0; i < 3; i++) await once(session, 'ping')
    const [headers] = (await once(session.request({ ':path': '/' }), 'response')) as [Record<string, unknown>]
    expect(headers[':status']).toBe(200)
    session.destroy()
  },
)
