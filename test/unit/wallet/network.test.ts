import { type AddressInfo, createServer, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { openProvider } from '../../../src/wallet/network.js'

/** What is behind the address of a node, and speaks as it likes. */
async function startRaw(onRequest: (socket: Socket) => void) {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).once('data', () => onRequest(socket))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}

test.each<[string, (socket: Socket) => void]>([
  ['never answers', () => undefined],
  ['goes over to another protocol', (s) => s.write('HTTP/1.1 101 X\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n')],
  [
    'only drips',
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      const drip = setInterval(() => socket.write(' '), 10)
      socket.once('close', () => clearInterval(drip))
    },
  ],
])('a node that %s is away once the time is over', async (_what, onRequest) => {
  await using node = await startRaw(onRequest)
  await expect(openProvider(node.url, { timeoutMs: 100 })).rejects.toMatchObject({
    kind: 'unavailable',
    message: expect.stringContaining('no complete answer within 0.1 s') as string,
  })
})
