import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { FRAME, frame, headerBlock, headersFrames, HELLO, uint32 } from '../../../../support/frames.js'
import { startSoakChild } from '../../../../support/soak/child.js'
import { until } from '../../../../support/until.js'
import { paid } from '../harness.js'

// What our own frames hold for calls that wait: Node's take some hundred bytes for each that comes alone.

const MIB = 2 ** 20
const ROOM_MIB = 12

const lines = (path: string) =>
  Object.entries({
    ':method': 'POST',
    ':scheme': 'http',
    ':authority': 'a',
    ':path': path,
    'content-type': 'application/grpc',
    te: 'trailers',
    ...paid().toHttp2Headers(),
  }).map(([name, value]) => [name, String(value)] as const)
const open = (stream: number, path = '/plan.Plan/Unary'): Buffer => headersFrames(stream, headerBlock(lines(path)))
const data = (stream: number, payload: Buffer): Buffer => frame(FRAME.data, { stream, payload })
/** Of a message that is never whole. */
const PREFIX = Buffer.concat([Buffer.from([0]), uint32(MIB)])
const BYTE = Buffer.from('x')

async function write(socket: Socket, bytes: Buffer): Promise<void> {
  if (!socket.write(bytes)) await once(socket, 'drain')
}

/** What a gate takes more than before for what is sent to it, in MiB. */
async function takenBy(send: (socket: Socket) => Promise<void>, calls: number): Promise<number> {
  await using gate = await startSoakChild('waiting-gate-process.ts', 'frames')
  const before = await gate.read()
  const socket = connect(gate.ports[1] as number, '127.0.0.1')
  socket.on('error', () => undefined).resume()
  socket.write(HELLO)
  await send(socket)
  const isAllRead = new Promise<void>((done) => {
    const mark = Buffer.from('all read')
    let seen = Buffer.alloc(0)
    socket.on('data', (chunk: Buffer) => {
      seen = Buffer.concat([seen.subarray(-mark.length), chunk])
      if (seen.includes(mark)) done()
    })
  })
  socket.write(frame(FRAME.ping, { payload: Buffer.from('all read') }))
  await isAllRead
  await until('all calls wait', async () => (await gate.read()).callsInFlight === calls)
  const now = await gate.read()
  socket.destroy()
  return now.heapMiB + now.externalMiB - before.heapMiB - before.externalMiB
}

test('bytes that come one by one take little more room than they are', async () => {
  const [calls, bytes] = [10, 200_000]
  const taken = await takenBy(async (socket) => {
    for (let stream = 1; stream < 2 * calls; stream += 2) {
      await write(socket, Buffer.concat([open(stream), data(stream, PREFIX)]))
      const one = data(stream, BYTE)
      await write(socket, Buffer.concat(Array.from({ length: bytes }, () => one)))
    }
  }, calls)
  expect(taken).toBeLessThan((calls * bytes) / MIB + ROOM_MIB)
})

test('a byte that waits does not keep what came beside it', async () => {
  const filler = data(1, Buffer.alloc(16_384))
  const taken = await takenBy(async (socket) => {
    // The first is refused for its path, and what follows of it is thrown away.
    await write(socket, Buffer.concat([open(1, '/'), open(3), data(3, PREFIX)]))
    const piece = Buffer.concat([data(3, BYTE), filler, filler, filler, filler])
    for (let i = 0; i < 1_500; i++) await write(socket, piece)
  }, 1)
  expect(taken).toBeLessThan(ROOM_MIB)
})
