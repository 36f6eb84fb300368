import { type AddressInfo, createServer, type Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import type { Address } from '../../../src/shared/units.js'
import { openProvider } from '../../../src/wallet/network.js'
import { prepareCall } from '../../../src/wallet/paid-call.js'

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

describe('a call whose node never answers', () => {
  const address = '0x5FbDB2315678afecb367f032d93F642f64180aa3'
  const key = { address: address as Address, bytes: Buffer.alloc(32, 1) }
  const prepare = (rpc: string, limits: { timeoutMs: number; signal?: AbortSignal }) =>
    prepareCall(
      { rpc, registry: address, ipfs: 'http://127.0.0.1:1', lighthouse: 'http://127.0.0.1:1/' },
      { organization: 'o', service: 's', method: 'm' },
      key,
      limits,
    )

  test('ends with its time, and says that nothing was paid', async () => {
    await using node = await startRaw(() => undefined)
    await expect(prepare(node.url, { timeoutMs: 100 })).rejects.toMatchObject({
      kind: 'timed-out',
      message: 'the call could not be prepared within 0.1 s; nothing was paid',
    })
  })

  test('ends with whoever makes it', async () => {
    const caller = new AbortController()
    await using node = await startRaw(() => caller.abort())
    await expect(prepare(node.url, { timeoutMs: 60_000, signal: caller.signal })).rejects.toMatchObject({
      kind: 'cancelled',
    })
  })
})
