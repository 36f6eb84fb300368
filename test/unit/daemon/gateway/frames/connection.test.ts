import { connect as connectHttp2, constants, createServer as createHttp2Server } from 'node:http2'
import { type AddressInfo, connect } from 'node:net'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { FrameConnection, type FrameStream } from '../../../../../src/daemon/gateway/frames/index.js'
import { FLAG, frame, FRAME, headerBlock, HELLO } from '../../../../support/frames.js'
import { until } from '../../../../support/until.js'
import { isKept, LIMITS, serveFrames } from './support.js'

test('answers a client of node, large bodies and many streams at once', async () => {
  await using server = await serveFrames()
  const session = connectHttp2(`http://127.0.0.1:${server.port}`, { maxSessionMemory: 100 })
  const one = async (size: number): Promise<void> => {
    const stream = session.request({ ':method': 'POST', ':path': '/a.B/C', te: 'trailers' })
    const trailers = once(stream, 'trailers')
    const body = Buffer.alloc(size, size % 251)
    stream.end(body)
    const got: Buffer[] = []
    for await (const chunk of stream) got.push(chunk as Buffer)
    expect(Buffer.concat(got).equals(body)).toBe(true)
    expect((await trailers)[0]).toMatchObject({ 'grpc-status': '0' })
  }
  await Promise.all(Array.from({ length: 90 }, (_, index) => one(index * 700)))
  await one(20_000_000)
  session.close()
  await once(session, 'close')
})

test('calls a server of node', async () => {
  const server = createHttp2Server().listen(0, '127.0.0.1')
  await once(server, 'listening')
  server.on('stream', (stream) => {
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true })
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }))
    stream.pipe(stream)
  })
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  await once(socket, 'connect')
  const client = new FrameConnection(socket, {
    role: 'client',
    limits: { ...LIMITS, maxStreams: 0 },
    isKept,
    events: {},
  })
  const call = (body: Buffer): Promise<{ body: Buffer; fields: string[][] }> =>
    new Promise((done) => {
      const stream = client.open([':method', 'POST', ':scheme', 'http', ':path', '/a.B/C', ':authority', 'x'], false)
      const parts: Buffer[] = []
      const fields: string[][] = []
      stream.events = {
        onFields: (list) => fields.push([...list]),
        onNews: () => {
          for (let bytes = stream.read(); bytes; bytes = stream.read()) parts.push(bytes)
        },
        onClose: () => done({ body: Buffer.concat(parts), fields }),
      }
      stream.write(body)
      stream.end()
    })
  const answers = await Promise.all([1, 100_000, 3_000_000].map((size) => call(Buffer.alloc(size, 7))))
  expect(answers.map(({ body }) => body.length)).toEqual([1, 100_000, 3_000_000])
  for (const { fields } of answers) expect(fields.at(-1)).toEqual(['grpc-status', '0'])
  client.close()
  server.close()
  await once(server, 'close')
})

test('close tells clients to open no more, and ends with the last stream', async () => {
  await using server = await serveFrames()
  const session = connectHttp2(`http://127.0.0.1:${server.port}`)
  const stream = session.request({ ':method': 'POST', ':path': '/a.B/C' })
  await once(stream, 'response')
  server.connections[0]?.close()
  await once(session, 'goaway')
  stream.end('late')
  stream.resume()
  await once(session, 'close')
  expect(stream.rstCode).toBe(constants.NGHTTP2_NO_ERROR)
})

test('a client that reads nothing for a time gets all of a large answer, once it reads', async () => {
  const body = Buffer.alloc(30_000_000, 'x')
  let isWaiting = false
  await using server = await serveFrames({
    onStream(stream) {
      stream.sendHeaders([':status', '200'])
      let at = 0
      const write = (): void => {
        while (at < body.length) if (!stream.write(body.subarray(at, (at += 50_000)))) return void (isWaiting = true)
        stream.end(['grpc-status', '0'])
      }
      stream.events = { onRoom: write }
      write()
    },
  })
  const socket = connect(server.port, '127.0.0.1')
  const wide = { ...LIMITS, maxStreams: 0, streamWindowBytes: 2 ** 30, connectionWindowBytes: 2 ** 30 }
  const client = new FrameConnection(socket, { role: 'client', limits: wide, isKept, events: {} })
  const stream = client.open([':method', 'POST', ':scheme', 'http', ':path', '/a.B/C'], true)
  socket.pause()
  await until('the server waits for room', () => isWaiting)
  let got = 0
  const whole = new Promise((done) => {
    stream.events = {
      onNews: () => {
        for (let bytes = stream.read(); bytes; bytes = stream.read()) got += bytes.length
      },
      onClose: done,
    }
  })
  socket.resume()
  expect(await whole).toBeUndefined()
  expect(got).toBe(body.length)
  client.destroy()
})

test('a stream whose request nobody reads is over once its answer has gone out', async () => {
  const closed: (number | undefined)[] = []
  await using server = await serveFrames({
    onStream(stream) {
      const answer = (): void => {
        if (stream.hasRemoteEnded) stream.sendHeaders([':status', '200', 'grpc-status', '3'], true)
      }
      stream.events = {
        onAllSent: () => stream.discard(),
        onClose: (code) => closed.push(code),
        onNews: answer,
      }
      answer()
    },
  })
  const session = connectHttp2(`http://127.0.0.1:${server.port}`)
  session.request({ ':method': 'POST', ':path': '/a.B/C' }).end('unread').resume()
  await until('the stream is over', () => closed.length > 0)
  expect(closed).toEqual([undefined])
  session.destroy()
})

test('what is put back and read again widens no window twice', async () => {
  const streams: FrameStream[] = []
  await using server = await serveFrames({ onStream: (stream) => streams.push(stream) })
  const session = connectHttp2(`http://127.0.0.1:${server.port}`)
  session.request({ ':method': 'POST', ':path': '/a.B/C' }).end(Buffer.alloc(10_000_000))
  const windowBytes = LIMITS.streamWindowBytes
  await until('the window is used up', () => streams[0]?.unreadBytes === windowBytes)
  const [stream] = streams as [FrameStream]
  const readAll = (): Buffer => {
    const parts: Buffer[] = []
    for (let bytes = stream.read(); bytes; bytes = stream.read()) parts.push(bytes)
    return Buffer.concat(parts)
  }
  for (let round = 0; round < 3; round++) stream.unread(readAll())
  await until('what the window was widened by has come', () => stream.unreadBytes > windowBytes)
  for (let round = 0; round < 10; round++) await new Promise<void>((done) => session.ping(() => done()))
  expect(stream.unreadBytes).toBeLessThanOrEqual(2 * windowBytes)
  session.destroy()
})

test('many large answers on one connection all go on when there is room again', async () => {
  const body = Buffer.alloc(2_000_000, 'x')
  await using server = await serveFrames({
    onStream(stream) {
      stream.sendHeaders([':status', '200'])
      let at = 0
      const write = (): void => {
        while (at < body.length) if (!stream.write(body.subarray(at, (at += 30_000)))) return
        stream.end(['grpc-status', '0'])
      }
      stream.events = { onRoom: write }
      write()
    },
  })
  const wide = { ...LIMITS, maxStreams: 0, streamWindowBytes: 2 ** 30, connectionWindowBytes: 2 ** 30 }
  const client = new FrameConnection(connect(server.port, '127.0.0.1'), {
    role: 'client',
    limits: wide,
    isKept,
    events: {},
  })
  const got = await Promise.all(
    Array.from({ length: 30 }, () => {
      const stream = client.open([':method', 'POST', ':scheme', 'http', ':path', '/a.B/C'], true)
      let bytes = 0
      return new Promise<number>((done) => {
        stream.events = {
          onNews: () => {
            for (let part = stream.read(); part; part = stream.read()) bytes += part.length
          },
          onClose: () => done(bytes),
        }
      })
    }),
  )
  expect(new Set(got)).toEqual(new Set([body.length]))
  client.destroy()
})

test('a body that is all there ends with its last frame of DATA', async () => {
  await using server = await serveFrames({
    onStream(stream) {
      stream.sendHeaders([':status', '200'])
      stream.write(Buffer.from('one'))
      stream.write(Buffer.from('two'))
      stream.end()
    },
  })
  const socket = connect(server.port, '127.0.0.1')
  let received = Buffer.alloc(0)
  socket.on('data', (bytes: Buffer) => (received = Buffer.concat([received, bytes])))
  const payload = headerBlock([
    [':method', 'GET'],
    [':scheme', 'http'],
    [':path', '/'],
  ])
  const flags = FLAG.endHeaders | FLAG.endStream
  socket.write(Buffer.concat([HELLO, frame(FRAME.headers, { stream: 1, flags, payload })]))
  const data = (text: string, flags: number): Buffer =>
    frame(FRAME.data, { stream: 1, flags, payload: Buffer.from(text) })
  const told = Buffer.concat([data('one', 0), data('two', FLAG.endStream)])
  await until('the body has come', () => received.includes('two'))
  socket.destroy()
  expect(received.subarray(-told.length)).toEqual(told)
})

test('a client that has used the last number for a stream opens no more, and ends the connection with the last one', async () => {
  await using server = await serveFrames()
  const socket = connect(server.port, '127.0.0.1')
  const client = new FrameConnection(socket, {
    ...{ role: 'client', limits: { ...LIMITS, maxStreams: 0 }, isKept, events: {} },
    firstStream: 2 ** 31 - 5,
  })
  const request = [':method', 'POST', ':scheme', 'http', ':path', '/a.B/C']
  const streams: FrameStream[] = []
  while (!client.isGoing) streams.push(client.open(request, false))
  expect(streams.map(({ id }) => id)).toEqual([2 ** 31 - 5, 2 ** 31 - 3, 2 ** 31 - 1])
  const ended = Promise.all(
    streams.map((stream) => new Promise<unknown>((done) => (stream.events = { onClose: done }))),
  )
  for (const stream of streams) stream.end()
  expect(await ended).toEqual([undefined, undefined, undefined])
  await once(socket, 'close')
  expect([client.isBroken, server.connections[0]?.openStreams]).toEqual([false, 0])
})
