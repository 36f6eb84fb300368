import { createServer, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type CallExtras,
  type Connection,
  getChannelState,
  onlyAnswer,
  openConnection,
} from '../../../../src/shared/wire/index.js'

let answer: (stream: ServerHttp2Stream) => void
let asked: IncomingHttpHeaders
let written = 0
const server = createServer()
server.on('sessionError', () => undefined)
server.on('stream', (stream, headers) => {
  asked = headers
  stream.on('error', () => undefined).resume()
  answer(stream)
})
let endpoint: string
let connection: Connection
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  endpoint = `127.0.0.1:${(server.address() as AddressInfo).port}`
  connection = openConnection(endpoint, { tls: false })
})
afterAll(() => {
  connection[Symbol.dispose]()
  server.close()
})

const frame = (message: Buffer, { flag = 0, length = message.length } = {}): Buffer => {
  const head = Buffer.alloc(5)
  head.writeUInt8(flag)
  head.writeUInt32BE(length, 1)
  return Buffer.concat([head, message])
}
const grpc = { ':status': 200, 'content-type': 'application/grpc' }
const finish =
  (body: Buffer, trailers: Record<string, string> = { 'grpc-status': '0' }, headers = {}) =>
  (stream: ServerHttp2Stream): void => {
    stream.respond({ ...grpc, ...headers }, { waitForTrailers: true })
    stream.on('wantTrailers', () => stream.sendTrailers(trailers))
    stream.end(body)
  }
/** Writes `head`, then zeros for as long as the other side takes them. */
const flood = (head: Buffer) => (stream: ServerHttp2Stream) => {
  written = 0
  const part = Buffer.alloc(65_536)
  stream.respond(grpc)
  stream.write(head)
  const go = (): void => {
    while (!stream.destroyed) {
      written += part.length
      if (!stream.write(part)) return
    }
  }
  stream.on('drain', go)
  go()
}

const call = (changes: Partial<CallExtras> = {}, messages: Iterable<Buffer> = [Buffer.from('ask')]) =>
  connection.call('/s/m', messages, { of: 'service', timeoutMs: 20_000, maxMessageBytes: 1000, ...changes })
const all = (changes: Partial<CallExtras> = {}): Promise<Buffer[]> => collected(call(changes))
async function collected<T>(answers: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const answer of answers) list.push(answer)
  return list
}

const state = () => getChannelState(connection, {}, { timeoutMs: 20_000 })

test('messages come as they were sent, cut anywhere', async () => {
  answer = (stream) => {
    stream.respond(grpc, { waitForTrailers: true })
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }))
    for (const byte of Buffer.concat([frame(Buffer.from('one')), frame(Buffer.alloc(0)), frame(Buffer.from('two'))]))
      stream.write(Buffer.from([byte]))
    stream.end()
  }
  expect((await all()).map(String)).toEqual(['one', '', 'two'])
})

test('no compression is offered', async () => {
  answer = finish(Buffer.alloc(0))
  await all({ headers: { 'x-bin': Buffer.from([255, 254]), plain: 'text' } })
  expect(asked).toMatchObject({
    'grpc-accept-encoding': 'identity',
    'x-bin': '//4=',
    plain: 'text',
    te: 'trailers',
    'grpc-timeout': '20000m',
  })
})

test('a compressed message is refused before it is unpacked', async () => {
  answer = finish(frame(gzipSync(Buffer.alloc(50_000)), { flag: 1 }), undefined, { 'grpc-encoding': 'gzip' })
  await expect(all()).rejects.toThrow('the answer is compressed, though no compression was offered')
  await expect(state()).rejects.toThrow('the answer is compressed')
})

test('a message above the limit is refused by its length', async () => {
  answer = flood(Buffer.from([0, 0xff, 0xff, 0xff, 0xff]))
  await expect(all()).rejects.toThrow('a message of 4294967295 bytes, more than the 1000 that are taken')
  expect(written).toBeLessThan(4 * 1024 * 1024)
  answer = finish(frame(Buffer.alloc(1001)))
  await expect(all()).rejects.toThrow('a message of 1001 bytes')
  answer = finish(frame(Buffer.alloc(1000)))
  expect(await all()).toHaveLength(1)
})

test('a channel state has at most 64 kB', async () => {
  answer = flood(Buffer.from([0, 0, 1, 0, 1]))
  await expect(state()).rejects.toThrow('a message of 65537 bytes, more than the 65536 that are taken')
})

test('an answer that is taken slowly is sent slowly', async () => {
  const message = frame(Buffer.alloc(995))
  let sent = 0
  answer = (stream) => {
    stream.respond(grpc)
    const go = (): void => {
      while (!stream.destroyed && (sent += message.length) && stream.write(message));
    }
    stream.on('drain', go)
    go()
  }
  for await (const _one of call()) break
  expect(sent).toBeLessThan(8 * 1024 * 1024)
})

test('one answer is one message', async () => {
  const one = frame(Buffer.from('one'))
  answer = finish(one)
  expect(String(await onlyAnswer(call()))).toBe('one')
  answer = finish(Buffer.concat([one, one]))
  await expect(onlyAnswer(call())).rejects.toThrow('the answer has more than one message')
  answer = finish(Buffer.alloc(0))
  await expect(onlyAnswer(call())).rejects.toThrow('the answer has no message')
})

test.each([
  [
    'a status',
    finish(Buffer.alloc(0), { 'grpc-status': '5', 'grpc-message': 'gone %E2%82%AC%' }),
    'NOT_FOUND: gone €%',
  ],
  ['no status', finish(Buffer.alloc(0), {}), 'the answer ended without a status'],
  ['half a message', finish(frame(Buffer.alloc(10), { length: 11 })), 'the answer ended within a message'],
  [
    'another protocol',
    (stream: ServerHttp2Stream) => {
      stream.respond({ ':status': 404, 'content-type': 'text/html' })
      stream.end('<html>')
    },
    'the other side does not answer as gRPC: HTTP status 404, content type "text/html"',
  ],
  ['a reset', (stream: ServerHttp2Stream) => stream.close(2), 'the other side gave the call up (HTTP/2 error 2)'],
  [
    'a reset in the middle',
    (stream: ServerHttp2Stream) => {
      stream.respond(grpc)
      stream.write(Buffer.alloc(3), () => stream.destroy(new Error('the service fell over')))
    },
    'the other side gave the call up (HTTP/2 error 2)',
  ],
  ['a broken connection', (stream: ServerHttp2Stream) => stream.session?.destroy(), /broke off|gave the call up/],
] as const)('%s is told', async (_what, how, message) => {
  answer = how
  await expect(all()).rejects.toThrow(message)
})

test('a status alone, in the first headers, is a status', async () => {
  answer = (stream) =>
    stream.respond({ ...grpc, 'grpc-status': '9', 'snetd-error-kind': 'rate-limited' }, { endStream: true })
  await expect(all()).rejects.toMatchObject({ kind: 'rate-limited', details: { grpc_status: '9' } })
})

test('a call ends with its status, though requests are still to be sent', async () => {
  answer = finish(frame(Buffer.from('enough')))
  async function* endless() {
    for (;;) yield await new Promise<Buffer>(() => undefined)
  }
  const answers = connection.call('/s/m', endless(), { of: 'service', timeoutMs: 20_000, maxMessageBytes: 1000 })
  expect((await collected(answers)).map(String)).toEqual(['enough'])
})

test('silence ends with its time, and with the caller', async () => {
  answer = () => undefined
  await expect(all({ timeoutMs: 50 })).rejects.toMatchObject({ kind: 'timed-out' })
  const stop = new AbortController()
  answer = () => stop.abort()
  await expect(all({ signal: stop.signal })).rejects.toMatchObject({ kind: 'cancelled' })
})

test('requests that cannot be read are the failure', async () => {
  answer = () => undefined
  const broken = new Error('the input is gone')
  function* fail(): Generator<Buffer> {
    yield Buffer.from('one')
    throw broken
  }
  await expect(collected(call({}, fail()))).rejects.toBe(broken)
})

test('a connection that cannot be made is told in plain words', async () => {
  const free = createTcpServer()
  await new Promise<void>((done) => free.listen(0, '127.0.0.1', done))
  const { port } = free.address() as AddressInfo
  await new Promise((done) => free.close(done))
  using nobody = openConnection(`127.0.0.1:${port}`, { tls: false })
  const extras = { of: 'service', timeoutMs: 20_000, maxMessageBytes: 1000 } as const
  await expect(collected(nobody.call('/s/m', [], extras))).rejects.toThrow(
    `cannot connect to 127.0.0.1:${port}: nothing listens there`,
  )
  using nowhere = openConnection('no-such-host.invalid:80', { tls: false })
  await expect(collected(nowhere.call('/s/m', [], extras))).rejects.toThrow(
    /cannot connect to no-such-host.invalid:80: the name/,
  )
  using plaintext = openConnection(endpoint, { tls: true })
  await expect(collected(plaintext.call('/s/m', [], extras))).rejects.toThrow(
    `cannot connect to ${endpoint}: what listens there does not speak TLS`,
  )
})

test('another protocol, and silence, at the other end of a connection', async () => {
  await using talker = await listen((text) => text.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
  await using silent = await listen(() => undefined)
  using http1 = openConnection(talker.endpoint, { tls: false })
  using mute = openConnection(silent.endpoint, { tls: false })
  const extras = { of: 'service', maxMessageBytes: 1000 } as const
  await expect(collected(http1.call('/s/m', [], { ...extras, timeoutMs: 20_000 }))).rejects.toThrow(
    'what listens there does not speak gRPC',
  )
  await expect(collected(mute.call('/s/m', [], { ...extras, timeoutMs: 50 }))).rejects.toMatchObject({
    kind: 'timed-out',
  })
})

async function listen(onConnection: (socket: Socket) => void) {
  const sockets = new Set<Socket>()
  const other = createTcpServer((socket) => {
    sockets.add(socket.on('error', () => undefined))
    onConnection(socket)
  })
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done))
  return {
    endpoint: `127.0.0.1:${(other.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((done) => other.close(done))
    },
  }
}
