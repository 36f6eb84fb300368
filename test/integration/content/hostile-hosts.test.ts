import { type AddressInfo, createServer, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { fetchContent } from '../../../src/content/index.js'
import type { SnetError } from '../../../src/shared/errors.js'
import { startIpfsServer } from '../../support/ipfs-server.js'

const HELLO = 'QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o'

const refusalFrom = async (url: string, { timeoutMs = 10_000 }: { timeoutMs?: number } = {}): Promise<SnetError> =>
  await fetchContent(
    { ipfs: url, lighthouse: 'http://127.0.0.1:1/', timeoutMs, redirects: false },
    { scheme: 'ipfs', cid: HELLO },
    { maxBytes: 1024 * 1024 },
  ).then(
    () => expect.fail('nothing was refused'),
    (fault: SnetError) => fault,
  )

/** A server that speaks as it likes, and tells when its client has gone. */
async function startRaw(onRequest: (socket: Socket) => void) {
  const sockets = new Set<Socket>()
  let tellGone: () => void = () => undefined
  const gone = new Promise<void>((done) => (tellGone = done))
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).once('data', () => onRequest(socket))
    socket.once('close', () => tellGone())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    gone,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}

/** Writes a piece each time the last one has left, until the client goes. */
const pour = (socket: Socket, piece: string | Buffer): void => {
  const next = (): void => {
    while (socket.writable && socket.write(piece));
  }
  socket.on('drain', next)
  next()
}

test('an answer that announces more than the limit is left before it comes', async () => {
  await using server = await startRaw((socket) => {
    socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${2 ** 40}\r\n\r\n`)
  })
  const { kind, message } = await refusalFrom(server.url)
  expect(kind).toBe('check-failed')
  expect(message).toContain('larger than 1048576 bytes')
  await server.gone
})

test('an endless answer is cut at the limit', async () => {
  await using server = await startRaw((socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n')
    pour(socket, Buffer.alloc(65_536))
  })
  const { kind, message } = await refusalFrom(server.url)
  expect(kind).toBe('check-failed')
  expect(message).toContain('larger than 1048576 bytes')
  await server.gone
})

test('an answer that only drips is given up after the time limit', async () => {
  await using server = await startRaw((socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n')
    const drip = setInterval(() => socket.write('x'), 10)
    socket.once('close', () => clearInterval(drip))
  })
  const { kind, message, hint } = await refusalFrom(server.url, { timeoutMs: 200 })
  expect(kind).toBe('unavailable')
  expect(message).toContain('no complete answer in time')
  expect(hint).toContain('ipfs_endpoint')
  await server.gone
})

test('endless headers are cut', async () => {
  await using server = await startRaw((socket) => {
    socket.write('HTTP/1.1 200 OK\r\n')
    pour(socket, `x-more: ${'y'.repeat(1_000)}\r\n`)
  })
  const { kind, message } = await refusalFrom(server.url)
  expect(kind).toBe('unavailable')
  expect(message).toContain('Headers Overflow')
  await server.gone
})

test('what speaks no HTTP is away', async () => {
  await using server = await startRaw((socket) => void socket.end('220 mail.example ESMTP\r\n'))
  expect((await refusalFrom(server.url)).kind).toBe('unavailable')
})

test('an answer that goes over to another protocol is none', async () => {
  await using server = await startRaw((socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n')
  })
  expect((await refusalFrom(server.url)).kind).toBe('unavailable')
  await server.gone
})

test('an answer that ends before its announced length is no answer', async () => {
  await using server = await startRaw((socket) => void socket.end('HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\nhello'))
  expect((await refusalFrom(server.url)).kind).toBe('unavailable')
})

test('nothing is unpacked on the way: a small answer cannot become a large one', async () => {
  let asked: string | string[] | undefined
  const bomb = gzipSync(Buffer.alloc(5_000_000))
  await using server = await startIpfsServer({
    intercept: (request, response) => {
      asked ??= request.headers['accept-encoding']
      if (request.url?.includes('block')) return false
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
      return true
    },
  })
  const { kind, message } = await refusalFrom(server.url)
  expect(asked).toBe('identity')
  expect(kind).toBe('check-failed')
  expect(message).toContain(`${bomb.length} bytes that do not belong to it`)
})
