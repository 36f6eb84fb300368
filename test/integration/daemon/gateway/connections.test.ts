import { once } from 'node:events'
import { connect as connectHttp2 } from 'node:http2'
import type { Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { expect, test } from 'vitest'
import { makeCertificates } from '../../../support/certificates.js'
import { FLAG, frame, FRAME, HELLO, PREFACE } from '../../../support/frames.js'
import { until } from '../../../support/until.js'
import { fixedTls } from '../../../support/fixed-tls.js'
import { closed, openPort } from './bare-port.js'

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
    const patient = { firstBytesTimeoutMs: 20_000, silenceMs: 500 }
    await using port = await openPort({ ...patient, tls: fixedTls({ cert, key }), maxConnections: 2 })
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

/** What has come on a connection so far. */
function listen(socket: Socket): () => Buffer {
  const parts: Buffer[] = []
  socket.on('data', (part: Buffer) => parts.push(part))
  return () => Buffer.concat(parts)
}

const PING = frame(FRAME.ping, { payload: Buffer.alloc(8) })

test.each([
  ['at once', 1],
  ['two in each packet', 2],
])('who sends PINGs one after the other is told that it is too much, %s', async (_how, together) => {
  await using port = await openPort({ minPingIntervalMs: 60_000 })
  const socket = port.say(HELLO)
  const heard = listen(socket)
  const over = closed(socket)
  for (let i = 0; i < 20 && !heard().includes('too_many_pings') && !socket.destroyed; i++) {
    const before = heard().length
    socket.write(Buffer.concat(Array.from({ length: together }, () => PING)))
    await until('they are answered', () => heard().length > before || socket.destroyed)
  }
  await over
  const goaway = heard().indexOf('too_many_pings')
  expect(goaway).toBeGreaterThan(0)
  // ENHANCE_YOUR_CALM, before the text.
  expect(heard().readUInt32BE(goaway - 4)).toBe(11)
})

test('who sends one PING in a while is not', async () => {
  await using port = await openPort({ minPingIntervalMs: 1 })
  const socket = port.say(HELLO)
  const heard = listen(socket)
  for (let i = 0; i < 10; i++) {
    const before = heard().length
    const begin = performance.now()
    await until('a while has gone by', () => performance.now() - begin > 2)
    socket.write(PING)
    await until('it is answered', () => heard().length > before)
  }
  expect(heard().includes('too_many_pings')).toBe(false)
  socket.destroy()
})

test('a connection that is old is told to end, and ends with its last call', async () => {
  let answer = (): void => undefined
  await using port = await openPort(
    { maxAgeMs: 100 },
    (stream) => (answer = () => stream.answer({ ':status': '200' }, 'x')),
  )
  const session = connectHttp2(port.url)
  const gone = new Promise<number>((done) => session.once('goaway', done))
  const stream = session.request({ ':path': '/' })
  const said = once(stream, 'data')
  expect(await gone).toBe(0)
  expect(stream.closed).toBe(false)
  answer()
  expect(String((await said)[0])).toBe('x')
  await new Promise<void>((done) => (session.destroyed ? done() : session.once('close', done)))
})

test('its calls have a time of grace, and no more', async () => {
  await using port = await openPort({ maxAgeMs: 50, ageGraceMs: 50 }, () => undefined)
  const session = connectHttp2(port.url)
  session.on('error', () => undefined)
  const stream = session.request({ ':path': '/' })
  stream.on('error', () => undefined)
  await new Promise((done) => stream.once('close', done))
})

test('connections of one age do not end together', async () => {
  await using port = await openPort({ maxAgeMs: 300, maxConnections: 100, silenceMs: 60_000 })
  const begin = performance.now()
  const ends = Array.from({ length: 30 }, async () => {
    const session = connectHttp2(port.url)
    session.on('error', () => undefined)
    await new Promise((done) => session.once('goaway', done).once('close', done))
    session.destroy()
    return performance.now() - begin
  })
  const all = (await Promise.all(ends)).toSorted((a, b) => a - b)
  expect((all.at(-1) ?? 0) - (all[0] ?? 0)).toBeGreaterThan(15)
})
