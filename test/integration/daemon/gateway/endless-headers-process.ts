/**
 * Calls a service whose header blocks never end, connection after connection, and collects garbage behind each: run with
 * `--expose-gc`. Prints how many calls ended.
 */
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { toHeaderFields } from '../../../../src/daemon/gateway/http2-headers/header-fields.js'
import { HeaderList } from '../../../../src/daemon/gateway/header-list.js'
import { openNodeSession } from '../../../../src/daemon/gateway/upstream/node/session.js'
import { serviceAddress } from '../../../../src/daemon/gateway/upstream/service-address.js'
import { ServicePool } from '../../../../src/daemon/gateway/upstream/service-pool.js'
import { Cancellation } from '../../../../src/shared/cancellation.js'
import { takeTime } from '../../../support/take-time.js'
import { frame, FRAME, headerBlock, SETTINGS } from '../../../support/frames.js'

const CALLS = 150
const FRAMES = 300

const server = createServer((socket) => {
  socket.on('error', () => undefined).resume()
  socket.write(SETTINGS)
  // Each frame on its own: node reads on behind the first that it has had enough of.
  const answer = async (): Promise<void> => {
    await takeTime(10)
    socket.write(frame(FRAME.headers, { stream: 1, payload: headerBlock([[':status', '200']]) }))
    for (let i = 0; i < FRAMES; i++)
      socket.write(frame(FRAME.continuation, { stream: 1, payload: headerBlock([['x', 'y'.repeat(100)]]) }))
    await takeTime(20)
    socket.destroy()
  }
  void answer()
}).listen(0, '127.0.0.1')
await once(server, 'listening')
const { port } = server.address() as AddressInfo

const limits = { connectTimeoutMs: 5_000, askAfterMs: [10_000], answerMs: 10_000, freshMs: 10_000, maxConnections: 2 }
const pool = new ServicePool(serviceAddress(new URL(`http://127.0.0.1:${port}`)), limits, openNodeSession)
const ignore = (): void => undefined
const NOBODY = { onHeaders: ignore, onData: ignore, onTrailers: ignore, onEnd: ignore, onDrain: ignore }
let ended = 0
let garbage: object[] = []
for (let i = 0; i < CALLS; i++) {
  const headers = toHeaderFields(new HeaderList(), [':method', 'POST', ':path', '/a.B/c', 'te', 'trailers'])
  const { stream, connection } = await pool.open(headers, new Cancellation())
  await new Promise<void>((onClose) => stream.listen({ ...NOBODY, onClose: () => onClose() }))
  while (!connection.explainBreak()) await takeTime(1)
  ended++
  // Young objects and old ones are collected in ways of their own.
  if (i % 10 === 0) globalThis.gc?.()
  if (i % 10 === 5) garbage = Array.from({ length: 100_000 }, () => ({}))
}
process.stdout.write(`${ended} calls of ${garbage.length > 0 ? CALLS : 0} ended\n`, () => process.exit())
