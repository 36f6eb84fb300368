import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { uint32 } from '../../../../support/frames.js'
import { startSoakChild } from '../../../../support/soak/child.js'
import { takeTime } from '../../../../support/take-time.js'
import { until } from '../../../../support/until.js'
import { paid } from '../harness.js'

// What the reader of HTTP/1.1 holds for calls of web pages that wait.

const MIB = 2 ** 20
const ROOM_MIB = 8
const CONNECTIONS = 100
const BYTES = 1_200
/** Of a message that is never whole. */
const PREFIX = Buffer.concat([Buffer.from([0]), uint32(MIB)])

const head = (framing: string): string =>
  [
    'POST /plan.Plan/Unary HTTP/1.1',
    'host: a',
    'content-type: application/grpc-web+proto',
    ...Object.entries(paid().toHttp2Headers()).map(([name, value]) => `${name}: ${String(value)}`),
    framing,
    '\r\n',
  ].join('\r\n')

/** What a gate takes more than before for calls whose bodies come by these pieces, in MiB. */
async function takenBy(framing: string, pieceOf: (byte: Buffer) => Buffer): Promise<number> {
  await using gate = await startSoakChild('waiting-gate-process.ts', 'frames')
  const before = await gate.read()
  const sockets: Socket[] = []
  for (let i = 0; i < CONNECTIONS; i++) {
    const socket = connect({ port: gate.ports[1] as number, host: '127.0.0.1', noDelay: true })
    await once(socket, 'connect')
    socket.on('error', () => undefined).resume()
    socket.write(head(framing))
    socket.write(pieceOf(PREFIX))
    sockets.push(socket)
  }
  await until('all calls wait', async () => (await gate.read()).callsInFlight === CONNECTIONS)
  const piece = pieceOf(Buffer.from('x'))
  for (let sent = 0; sent < BYTES; sent++) {
    for (const socket of sockets) socket.write(piece)
    // So that each of them is read for itself.
    await takeTime(2)
  }
  await until('all is sent', () => sockets.every(({ writableLength }) => writableLength === 0))
  const now = await gate.read()
  for (const socket of sockets) socket.destroy()
  return now.heapMiB + now.externalMiB - before.heapMiB - before.externalMiB
}

const chunk = (bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])

test.each([
  ['of a length that was told', `content-length: ${MIB}`, (bytes: Buffer) => bytes],
  ['in chunks', 'transfer-encoding: chunked', chunk],
])('a body %s that comes byte by byte takes little more room than it is', async (_, framing, pieceOf) => {
  const taken = await takenBy(framing, pieceOf)
  expect(taken).toBeLessThan((CONNECTIONS * BYTES) / MIB + ROOM_MIB)
})
