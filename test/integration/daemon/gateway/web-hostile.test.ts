import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { framed } from '../../../support/by-hand.js'
import { until } from '../../../support/until.js'
import { openWebClient } from '../../../support/web-client.js'
import { type Harness, openHarness, paid } from './harness.js'

const UNARY = '/echo.Echo/Unary'
const PAID = paid().toHttp2Headers() as Record<string, string>
const bytes = (text: string) => Buffer.from(text)
const KIB = 1024

/** A connection whose words the test chooses; what comes back is collected. */
function say(h: Harness, ...words: (string | Buffer)[]) {
  const socket = connect(h.gateway.address.port, '127.0.0.1')
  socket.on('error', () => undefined)
  for (const word of words) socket.write(word)
  let heard = ''
  socket.on('data', (chunk: Buffer) => (heard += chunk.toString('latin1')))
  return {
    socket,
    get heard() {
      return heard
    },
    until: (what: string, pattern: RegExp) => until(what, () => pattern.test(heard)),
    closed: async () => {
      if (!socket.destroyed) await once(socket, 'close')
      return heard
    },
    [Symbol.dispose]: () => void socket.destroy(),
  }
}

const headOf = (fields: Record<string, string | number>, path = UNARY): string =>
  [
    `POST ${path} HTTP/1.1`,
    'host: a',
    ...Object.entries({ ...PAID, ...fields }).map((pair) => pair.join(': ')),
    '',
    '',
  ].join('\r\n')
const BINARY = { 'content-type': 'application/grpc-web' }
const TEXT = { 'content-type': 'application/grpc-web-text' }
const HELLO = framed(bytes('hello'))

describe.each([1, 2] as const)('over HTTP/%d.x', (version) => {
  test.each([
    ['text that is no base64', TEXT, '****', 3, 'the body of the request is not base64'],
    ['base64 that is cut off', TEXT, HELLO.toString('base64').slice(0, -3), 3, 'the base64 of the request is cut off'],
    ['bytes said to be text', TEXT, HELLO, 3, 'the body of the request is not base64'],
    ['text said to be bytes', BINARY, HELLO.toString('base64'), 8, 'received message larger than max'],
    ['a message cut off', BINARY, HELLO.subarray(0, -1), 13, 'the request ended within a message'],
    ['half a prefix', BINARY, HELLO.subarray(0, 3), 3, 'the request ended within a message'],
    ['a length that lies', BINARY, framed(bytes('hello'), 2 ** 32 - 1), 8, 'larger than max (4294967295'],
    ['two messages for one', BINARY, Buffer.concat([HELLO, HELLO]), undefined, undefined],
  ])('%s ends in an ordinary error, unpaid, and the next call is served', async (_what, type, body, code, text) => {
    await using h = await openHarness()
    using web = openWebClient(`http://127.0.0.1:${h.gateway.address.port}`, version)
    const call = web.open(UNARY, { ...PAID, ...type })
    call.end(body)
    const { status, headers } = await call.head
    expect([status, Number(headers['grpc-status'])]).toEqual([200, code ?? expect.any(Number)])
    expect(headers['grpc-status']).not.toBe('0')
    if (text !== undefined) expect(decodeURIComponent(String(headers['grpc-message']))).toContain(text)
    for await (const _piece of call.body);
    expect((await web.call(UNARY, [bytes('a')], { headers: PAID })).code).toBe(0)
    expect(h.payments).toMatchObject({ committed: 1, open: 0 })
    expect(h.log.filter((line) => line.includes('internal error'))).toEqual([])
  })

  test('a page that opens a call and stays silent has its time, and nothing of the others', async () => {
    await using h = await openHarness({ config: { firstMessageTimeoutMs: 200 } })
    using web = openWebClient(`http://127.0.0.1:${h.gateway.address.port}`, version)
    const call = web.open(UNARY, { ...PAID, ...BINARY })
    call.write(HELLO.subarray(0, 2))
    expect((await call.head).headers).toMatchObject({ 'grpc-status': '4' })
    expect(h.payments.reserved).toBe(0)
  })

  test('of too many that have not begun the oldest goes', async () => {
    await using h = await openHarness({ config: { maxCallsWaiting: 2 } })
    using web = openWebClient(`http://127.0.0.1:${h.gateway.address.port}`, version)
    const calls = [1, 2, 3].map(() => {
      const call = web.open(UNARY, { ...PAID, ...BINARY })
      call.write(HELLO.subarray(0, 2))
      return call
    })
    await Promise.any(calls.map(async ({ head }) => expect((await head).headers['grpc-status']).toBe('8')))
  })

  test('whoever takes nothing of a stream has his time, unpaid', async () => {
    await using h = await openHarness({ stallMs: 150 })
    using web = openWebClient(`http://127.0.0.1:${h.gateway.address.port}`, version)
    const call = web.open('/echo.Echo/Count', { ...PAID, ...TEXT })
    const [cancelled, released] = [h.service.nextCancel(), h.payments.nextRelease()]
    call.end(framed(bytes('100000 65536')).toString('base64'))
    await Promise.all([call.head, cancelled, released])
    expect(h.payments.committed).toBe(0)
  })

  test('an answer counts as it is written, and ends where the daemon would keep too much', async () => {
    await using h = await openHarness({ config: { unread: { bytes: 2_000 * KIB, bytesPerConnection: 2_000 * KIB } } })
    using web = openWebClient(`http://127.0.0.1:${h.gateway.address.port}`, version)
    const ask = (text: boolean) => web.call(UNARY, [Buffer.alloc(1_600 * KIB)], { text, headers: PAID })
    expect(await ask(true)).toMatchObject({ code: 8, message: expect.stringContaining('too many bytes') })
    expect((await ask(false)).code).toBe(0)
  })
})

describe('on a connection of HTTP/1.1', () => {
  const one = (answer: string, n = 1) => new RegExp(`(?:HTTP/1\\.1 200 OK\\r\\n[^]*?${answer}[^]*?){${n}}`)
  const CHUNKED = { ...BINARY, 'transfer-encoding': 'chunked' }
  const inChunks = (body: Buffer): string =>
    `${[...body].map((byte) => `1\r\n${String.fromCharCode(byte)}\r\n`).join('')}0\r\n\r\n`

  test('a request in chunks of a byte each is a call like any other', async () => {
    await using h = await openHarness()
    using client = say(h, headOf(CHUNKED), Buffer.from(inChunks(HELLO), 'latin1'))
    await client.until('it is answered', /grpc-status: 0\r\n[^]*\r\n0\r\n\r\n$/)
    expect(client.heard).toContain('hello')
  })

  test('requests that come at once are answered one after the other', async () => {
    await using h = await openHarness()
    const request = Buffer.concat([bytes(headOf({ ...BINARY, 'content-length': HELLO.length })), HELLO])
    using client = say(h, Buffer.concat([request, request, request]))
    await client.until('all are answered', one('grpc-status: 0', 3))
    expect(h.payments).toMatchObject({ committed: 3, released: 3 })
  })

  test('whoever speaks HTTP/1.0, as some proxies do, has his answer up to the end of the connection', async () => {
    await using h = await openHarness()
    const head = headOf({ ...BINARY, 'content-length': HELLO.length }).replace('HTTP/1.1', 'HTTP/1.0')
    using client = say(h, head, HELLO)
    const heard = await client.closed()
    expect(heard).toMatch(/\r\nconnection: close\r\n[^]*\r\n\r\n\0\0\0\0\x05hello\x80[^]*grpc-status: 0\r\n[^]*$/)
    expect(heard).not.toContain('transfer-encoding')
  })

  test('whoever waits for a word before he sends his body gets it', async () => {
    await using h = await openHarness()
    using client = say(h, headOf({ ...BINARY, 'content-length': HELLO.length, expect: '100-continue' }))
    await client.until('the word is given', /^HTTP\/1\.1 100 Continue\r\n\r\n$/)
    client.socket.write(HELLO)
    await client.until('it is answered', /grpc-status: 0/)
  })

  test('a large request that is refused is read to its end, so that the page can read why', async () => {
    await using h = await openHarness({ config: { maxMessageBytes: KIB } })
    const body = framed(Buffer.alloc(3_000 * KIB))
    using client = say(h, headOf({ ...BINARY, 'content-length': body.length }))
    client.socket.write(body.subarray(0, 10))
    await client.until('it is refused', one('grpc-status: 8'))
    client.socket.write(body.subarray(10))
    client.socket.write(headOf({ ...BINARY, 'content-length': HELLO.length }))
    client.socket.write(HELLO)
    await client.until('the next one is answered', one('grpc-status: [08]', 2))
  })

  test.each([
    ['chunks that are none', CHUNKED, 'z\r\n', /grpc-status: 3\r\n/],
    ['chunks that are none, behind a message', CHUNKED, `${inChunks(HELLO).slice(0, -5)}z\r\n`, /grpc-status: 3\r\n/],
  ])('%s are refused, and nothing more is read', async (_what, fields, body, told) => {
    await using h = await openHarness()
    using client = say(h, headOf(fields), Buffer.from(body, 'latin1'))
    expect(await client.closed()).toMatch(told)
    await until('nothing is held', () => h.payments.open === 0)
    expect(h.payments.committed).toBe(0)
  })

  test.each([
    ['two lengths', headOf({ ...BINARY, 'content-length': '5, 6' }), '400 Bad Request'],
    ['a length and chunks', headOf({ ...CHUNKED, 'content-length': 5 }), '400 Bad Request'],
    ['a line without a colon', headOf(BINARY).replace('host: a', 'host a'), '400 Bad Request'],
    ['a head without end', headOf({ ...BINARY, a: 'a'.repeat(200 * KIB) }), '431 Request Header Fields Too Large'],
  ])('%s: the request is no call', async (_what, head, status) => {
    await using h = await openHarness()
    using client = say(h, head)
    expect((await client.closed()).startsWith(`HTTP/1.1 ${status}\r\n`)).toBe(true)
  })

  test('no more is taken of an endless body than the limit of a message', async () => {
    await using h = await openHarness({ config: { maxMessageBytes: KIB } })
    using client = say(h, headOf(CHUNKED))
    let [sent, isClosed] = [0, false]
    client.socket.once('close', () => (isClosed = true))
    const chunk = Buffer.from(`${(60_000).toString(16)}\r\n${'\0'.repeat(60_000)}\r\n`, 'latin1')
    while (!isClosed && !client.heard.includes('grpc-status')) {
      if (client.socket.writableLength < 1_000_000 && client.socket.write(chunk)) sent += chunk.length
      await new Promise((done) => setImmediate(done))
    }
    expect(client.heard).toMatch(/^HTTP\/1\.1 200 OK[^]*grpc-status: (?!0)/)
    expect(sent).toBeLessThan(500_000_000)
  })

  test('a stop lets a call on it finish, and closes those between two calls', async () => {
    await using h = await openHarness()
    const idle = say(h, headOf({ ...BINARY, 'content-length': HELLO.length }), HELLO)
    await idle.until('it is answered', /\r\n0\r\n\r\n$/)
    let commit: (() => void) | undefined
    h.payments.beforeCommit = () => new Promise((done) => (commit = done))
    const busy = say(h, headOf({ ...BINARY, 'content-length': HELLO.length }), HELLO)
    await until('the other one is being paid', () => commit !== undefined)
    const drained = h.gateway.drain(10_000)
    await idle.closed()
    commit?.()
    expect(await drained).toBe(0)
    expect(await busy.closed()).toMatch(/connection: close\r\n[^]*hello[^]*grpc-status: 0/)
  })

  test('before a stop each call on it is served, and is the last of its connection', async () => {
    await using h = await openHarness()
    const idle = say(h, headOf({ ...BINARY, 'content-length': HELLO.length }), HELLO)
    await idle.until('it is answered', /\r\n0\r\n\r\n$/)
    h.gateway.leave()
    idle.socket.write(headOf({ ...BINARY, 'content-length': HELLO.length }))
    idle.socket.write(HELLO)
    const heard = await idle.closed()
    expect(heard.match(/grpc-status: 0/g)).toHaveLength(2)
    expect(heard.match(/connection: close\r\n/g)).toHaveLength(1)
    const late = say(h, headOf({ ...BINARY, 'content-length': HELLO.length }), HELLO)
    expect(await late.closed()).toMatch(/connection: close\r\n[^]*hello[^]*grpc-status: 0/)
  })

  test('whoever vanishes within his request leaves nothing behind', async () => {
    await using h = await openHarness()
    const sockets: Socket[] = []
    for (const part of ['POST /', headOf(BINARY).slice(0, -2), `${headOf({ ...BINARY, 'content-length': 100 })}\0\0`]) {
      sockets.push(say(h, part).socket)
    }
    await Promise.all(sockets.map((socket) => once(socket, 'connect')))
    for (const socket of sockets) socket.destroy()
    using web = openWebClient(`http://127.0.0.1:${h.gateway.address.port}`, 1)
    expect((await web.call(UNARY, [bytes('a')], { headers: PAID })).code).toBe(0)
    await until('nothing is in flight', () => h.gateway.callsInFlight === 0)
  })
})
