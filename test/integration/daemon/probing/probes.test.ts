import { createServer as createHttpServer, type RequestListener } from 'node:http'
import type { ServerHttp2Stream } from 'node:http2'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { Server as GrpcServer, ServerCredentials, status } from '@grpc/grpc-js'
import { describe, expect, test } from 'vitest'
import { askHealth, connectGrpcUpstream } from '../../../../src/daemon/gateway/index.js'
import { probeByGrpc, probeByHttp, probeByTcp } from '../../../../src/daemon/probing/index.js'
import { loadHealthService } from '../../../../src/shared/wire/index.js'
import { framed } from '../../../support/by-hand.js'
import { startRawService } from '../../../support/echo-service.js'
import { DATA_PLANE, somePoolLimits } from '../../../support/gateway-config.js'
import { quietLog } from '../../../support/quiet-log.js'

const never = new AbortController().signal

async function listen(server: Server) {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket.on('error', () => undefined))
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    port,
    sockets,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}

/** A port that nobody listens at. */
async function freePort(): Promise<number> {
  await using gone = await listen(createServer())
  return gone.port
}

describe('by TCP', () => {
  test('a port that is open means well, and the connection is closed at once', async () => {
    await using service = await listen(createServer((socket) => socket.resume()))
    expect(await probeByTcp({ host: '127.0.0.1', port: service.port })(never)).toEqual({ ok: true })
    await expect.poll(() => service.sockets.size).toBe(0)
  })

  test('one that is not tells why', async () => {
    const port = await freePort()
    const told = await probeByTcp({ host: '127.0.0.1', port })(never)
    expect(told).toEqual({ ok: false, reason: 'no connection: ECONNREFUSED' })
  })

  test('ends with its signal', async () => {
    const stop = new AbortController()
    // An address of documentation: nobody answers.
    const asking = probeByTcp({ host: '192.0.2.1', port: 9 })(stop.signal)
    stop.abort()
    expect((await asking).ok).toBe(false)
  })
})

describe('by HTTP', () => {
  const MIB = 1024 * 1024
  const answers: [what: string, answer: RequestListener, reason: string | undefined][] = [
    ['200 and something', (_asked, answer) => answer.end('fine'), undefined],
    ['what a daemon tells', (_asked, answer) => answer.end('{"serviceID":"x","status":"SERVING"}'), undefined],
    ['bytes that are no text', (_asked, answer) => answer.end(Buffer.alloc(100, 0xff)), undefined],
    ['as much as there may be', (_asked, answer) => answer.end(Buffer.alloc(MIB, 'x')), undefined],
    ['nothing', (_asked, answer) => answer.end(), 'its heartbeat page is empty'],
    [
      'that it does not serve',
      (_asked, answer) => answer.end('{"status":"NOT_SERVING"}'),
      'its heartbeat page says NOT_SERVING',
    ],
    ['500', (_asked, answer) => answer.writeHead(500).end('fine'), 'its heartbeat page answers 500'],
    ['204', (_asked, answer) => answer.writeHead(204).end(), 'its heartbeat page answers 204'],
    [
      'another place',
      (_asked, answer) => answer.writeHead(302, { location: '/elsewhere' }).end('fine'),
      'its heartbeat page answers 302',
    ],
    [
      'without an end',
      (_asked, answer) => {
        const more = (): void => {
          while (!answer.destroyed && answer.write(Buffer.alloc(65_536, 'x')));
          if (!answer.destroyed) answer.once('drain', more)
        }
        more()
      },
      'its heartbeat page has no end',
    ],
    [
      'half of what it announced',
      (_asked, answer) => {
        answer.writeHead(200, { 'content-length': 10 }).write('half')
        setImmediate(() => answer.destroy())
      },
      'its heartbeat page breaks off',
    ],
    [
      'chunks that are none',
      (asked, answer) => {
        answer.writeHead(200, { 'transfer-encoding': 'chunked' }).write('x')
        asked.socket.end('no chunk\r\n')
      },
      'its heartbeat page breaks off',
    ],
    ['no HTTP', (asked) => void asked.socket.end('SSH-2.0-x\r\n'), 'its heartbeat page is not HTTP'],
    [
      'headers without an end',
      (asked) => void asked.socket.end(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}`),
      'its heartbeat page is not HTTP',
    ],
    [
      'another protocol',
      (asked) =>
        void asked.socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
      'the connection was lost',
    ],
  ]
  test.each(answers)('a page that answers %s', async (_what, answer, reason) => {
    await using service = await listen(createHttpServer(answer))
    const told = await probeByHttp(new URL(`http://127.0.0.1:${service.port}/well?a=b`))(never)
    expect(told).toEqual(reason === undefined ? { ok: true } : { ok: false, reason })
    // Nothing is left open, however the page goes on.
    await expect.poll(() => service.sockets.size).toBe(0)
  })

  test('a page that says nothing is left when the signal says so', async () => {
    const stop = new AbortController()
    await using service = await listen(createHttpServer(() => stop.abort()))
    expect((await probeByHttp(new URL(`http://127.0.0.1:${service.port}`))(stop.signal)).ok).toBe(false)
    await expect.poll(() => service.sockets.size).toBe(0)
  })
})

describe("by gRPC's health protocol (defect 46)", () => {
  /** @returns a probe of it by the name `ExampleSvc` */
  const probeOf = (port: number) => {
    const limits = somePoolLimits({ connectTimeoutMs: 1_000, maxConnections: 1 })
    const endpoint = new URL(`grpc://127.0.0.1:${port}`)
    const server = connectGrpcUpstream(
      { endpoint, encoding: 'proto', maxMessageBytes: 4_096, stallMs: 1_000, limits, dataPlane: DATA_PLANE },
      { log: quietLog() },
    )
    const ask = (service: string, signal: AbortSignal) => askHealth(server, service, { timeoutMs: 300, signal })
    return {
      look: probeByGrpc({ health: () => server.health(), ask }, 'ExampleSvc'),
      [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
    }
  }

  const served: [what: string, names: Record<string, string>, reason: string | undefined][] = [
    ['knows it', { ExampleSvc: 'SERVING', '': 'NOT_SERVING' }, undefined],
    ['knows only the server as a whole', { '': 'SERVING' }, undefined],
    [
      'says that it does not serve',
      { ExampleSvc: 'NOT_SERVING', '': 'SERVING' },
      'its health service says NOT_SERVING',
    ],
    ['says nothing definite', { ExampleSvc: 'UNKNOWN' }, 'its health service says UNKNOWN'],
    ['knows nobody', {}, 'its health service does not know it'],
  ]
  test.each(served)('a service that %s', async (_what, names, reason) => {
    const server = new GrpcServer()
    server.addService(loadHealthService().service, {
      Check({ request }: { request: { service?: string } }, answer: (error: object | null, value?: object) => void) {
        const known = names[request.service ?? '']
        if (known === undefined) answer({ code: status.NOT_FOUND, details: 'unknown' })
        else answer(null, { status: known })
      },
    })
    const port = await new Promise<number>((done, fail) =>
      server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
        error ? fail(error) : done(bound),
      ),
    )
    await using probe = probeOf(port)
    expect(await probe.look(never)).toEqual(reason === undefined ? { ok: true } : { ok: false, reason })
    server.forceShutdown()
  })

  const GRPC = { ':status': 200, 'content-type': 'application/grpc' }
  const answering = (stream: ServerHttp2Stream, message: Buffer): void => {
    stream.respond(GRPC, { waitForTrailers: true })
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }))
    stream.end(message)
  }
  const lies: [what: string, onStream: (stream: ServerHttp2Stream) => void, reason: string][] = [
    [
      'has no health service',
      (stream) => stream.respond({ ...GRPC, 'grpc-status': '12' }, { endStream: true }),
      'it has no health service',
    ],
    [
      'fails',
      (stream) => stream.respond({ ...GRPC, 'grpc-status': '13', 'grpc-message': 'at 10.0.0.1' }, { endStream: true }),
      'its health service answers INTERNAL',
    ],
    [
      'answers garbage',
      (stream) => answering(stream, framed(Buffer.from([0xff]))),
      'its health service answers garbage',
    ],
    [
      'answers a status of no name',
      (stream) => answering(stream, framed(Buffer.from([8, 77]))),
      'its health service says 77',
    ],
    ['answers nothing with OK', (stream) => answering(stream, Buffer.alloc(0)), 'its health service answers INTERNAL'],
    [
      'answers twice',
      (stream) => answering(stream, Buffer.concat([framed(Buffer.from([8, 1])), framed(Buffer.from([8, 1]))])),
      'its health service answers INTERNAL',
    ],
    [
      'answers more than it has to say',
      (stream) => answering(stream, framed(Buffer.alloc(5_000))),
      'its health service cannot be asked',
    ],
    [
      'answers a page',
      (stream) => stream.respond({ ':status': 200 }, { endStream: true }),
      'its health service answers UNKNOWN',
    ],
    ['resets', (stream) => stream.close(2), 'its health service answers INTERNAL'],
    ['says nothing', () => undefined, 'its health service does not answer'],
  ]
  test.each(lies)('one that %s', async (_what, onStream, reason) => {
    await using service = await startRawService(onStream)
    await using probe = probeOf(Number(service.url.port))
    expect(await probe.look(never)).toEqual({ ok: false, reason })
  })

  test('one that is away', async () => {
    await using probe = probeOf(await freePort())
    expect(await probe.look(never)).toEqual({ ok: false, reason: 'no connection: ECONNREFUSED' })
  })

  test('one that speaks HTTP/1.1', async () => {
    await using service = await listen(createHttpServer((_asked, answer) => answer.end()))
    await using probe = probeOf(service.port)
    expect(await probe.look(never)).toEqual({ ok: false, reason: 'it speaks HTTP/1.1 and no HTTP/2' })
  })
})
