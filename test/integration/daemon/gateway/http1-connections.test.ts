import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { Http1Connections, type Http1Limits } from '../../../../src/daemon/gateway/transport/http1/connections.js'
import { until } from '../../../support/until.js'

const GET = 'GET /livez HTTP/1.1\r\nhost: a\r\n\r\n'

async function openPort(limits?: Http1Limits) {
  const asked: string[] = []
  const http1 = new Http1Connections(
    {
      onRequest: () => undefined,
      pages: ({ method, target }) => {
        asked.push(`${method} ${target}`)
        return Promise.resolve({ status: 200, type: 'text/plain', body: 'ok\n' })
      },
    },
    { requestTimeoutMs: 10_000, maxHeaderBytes: 32 * 1024, everyMethod: false, ...(limits && { limits }) },
  )
  const server = createServer((socket) => http1.take(socket.on('error', () => undefined)))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const say = (words: string): Socket => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    socket.on('error', () => undefined).write(words)
    return socket
  }
  return {
    http1,
    asked,
    say,
    [Symbol.dispose]() {
      http1[Symbol.dispose]()
      server.close()
    },
  }
}

/** All that comes until the connection is closed, and when its first bytes came. */
async function whole(socket: Socket): Promise<{ text: string; at: number }> {
  let [text, at] = ['', Infinity]
  socket.on('data', (chunk: Buffer) => {
    text += String(chunk)
    at = Math.min(at, performance.now())
  })
  await once(socket, 'close')
  return { text, at }
}

test('a connection is answered once and closed, whatever else it asks for', async () => {
  using port = await openPort()
  const { text } = await whole(port.say(GET.repeat(400)))
  expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\r\nconnection: close\r\n[^]*\r\n\r\nok\n$/)
  expect(port.asked).toEqual(['GET /livez'])
})

test('whoever asks for permission says so in his headers, which are waited for, up to a bound', async () => {
  using port = await openPort()
  const socket = port.say('OPTIONS /heartbeat HTTP/1.1\r\nhost: a\r\n')
  const ended = whole(socket)
  expect((await whole(port.say(GET))).text).toMatch(/200 OK/)
  expect(port.asked).toEqual(['GET /livez'])
  socket.write('\r\n')
  expect((await ended).text).toMatch(/200 OK/)
  expect((await whole(port.say(`OPTIONS / HTTP/1.1\r\n${'a: b\r\n'.repeat(2_000)}`))).text).toMatch(/200 OK/)
  expect(port.asked).toEqual(['GET /livez', 'OPTIONS /heartbeat', 'OPTIONS /'])
})

test('a body is not read to its end', async () => {
  using port = await openPort()
  const socket = port.say('POST /livez HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n')
  let isClosed = false
  const ended = whole(socket).finally(() => (isClosed = true))
  while (!isClosed) {
    if (socket.writable) socket.write('1\r\na\r\n'.repeat(2_000))
    await new Promise((done) => setImmediate(done))
  }
  expect((await ended).text).toMatch(/^HTTP\/1\.1 200 OK/)
})

test.each([
  ['a line that is no request', 'GET /a b HTTP/1.1\r\n', '400 Bad Request'],
  ['a version of nobody', 'GET / HTTP/9.9\r\n', '400 Bad Request'],
  ['a line without end', `GET /${'a'.repeat(70_000)}`, '400 Bad Request'],
])('%s is answered %s', async (_name, words, status) => {
  using port = await openPort()
  const { text } = await whole(port.say(words))
  expect(text.startsWith(`HTTP/1.1 ${status}\r\n`)).toBe(true)
})

test.each([
  ['http://a/livez', '/livez'],
  ['HTTPS://user@a.example:7000/readyz?verbose', '/readyz?verbose'],
  ['http://a', ''],
  ['http://a?b=/livez', '?b=/livez'],
  ['/http://a/livez', '/http://a/livez'],
])('a request line with the URL %s asks for "%s"', async (url, path) => {
  using port = await openPort()
  await whole(port.say(`GET ${url} HTTP/1.1\r\nhost: a\r\n\r\n`))
  expect(port.asked).toEqual([`GET ${path}`])
})

test('HEAD is answered as GET is, without the body', async () => {
  using port = await openPort()
  expect((await whole(port.say(GET.replace('GET', 'HEAD')))).text).toMatch(/\r\ncontent-length: 3\r\n[^]*\r\n\r\n$/)
})

test('beyond the burst there are so many answers a second, and everybody gets his', async () => {
  using port = await openPort({ burst: 10, perSecond: 20, maxWaiting: 100 })
  const start = performance.now()
  const answers = await Promise.all(Array.from({ length: 20 }, () => whole(port.say(GET))))
  const times = answers.map(({ at }) => at - start).sort((a, b) => a - b)
  expect(times[19]).toBeLessThan(Infinity)
  for (let i = 10; i < 20; i++) expect(times[i]).toBeGreaterThan(((i - 10) * 1_000) / 20)
})

test('the newest is answered first, and of too many that wait the oldest is closed', async () => {
  using port = await openPort({ burst: 1, perSecond: 0.25, maxWaiting: 2 })
  const ask = (path: string): Socket => port.say(GET.replace('/livez', path))
  expect((await whole(ask('/0'))).text).not.toBe('')
  const oldest = whole(ask('/1'))
  await until('one waits', () => port.http1.waiting === 1)
  const older = ask('/2')
  await until('two wait', () => port.http1.waiting === 2)
  const newest = whole(ask('/3'))
  expect((await oldest).text).toBe('')
  expect((await newest).text).not.toBe('')
  expect(port.asked).toEqual(['GET /0', 'GET /3'])
  older.destroy()
})
