/** A service that answers each call with its own bytes, over our own frames: the cheapest one at hand. */
import { type AddressInfo, createServer } from 'node:net'
import { type ConnectionLimits, FrameConnection, type FrameStream } from '../src/daemon/gateway/frames/index.js'

const LIMITS: ConnectionLimits = {
  maxStreams: 1_000,
  maxHeaderBytes: 16_384,
  readHeaderBytes: 16_384,
  streamWindowBytes: 2 ** 20,
  connectionWindowBytes: 2 ** 26,
  resets: { burst: 1e9, perSecond: 1e9 },
  idleFrames: { burst: 1e9, perSecond: 1e9 },
}
const KEPT = new Set(['content-type', 'grpc-status'])

function echo(stream: FrameStream): void {
  stream.sendHeaders([':status', '200', 'content-type', 'application/grpc'])
  const pass = (): void => {
    for (let bytes = stream.read(); bytes; bytes = stream.read()) stream.write(bytes)
    if (stream.isReadToEnd) stream.end(['grpc-status', '0'])
  }
  stream.events = { onNews: pass }
  pass()
}

const server = createServer({ noDelay: true }, (socket) => {
  new FrameConnection(socket, {
    role: 'server',
    limits: LIMITS,
    isKept: (name) => KEPT.has(name),
    events: { onStream: echo },
  })
}).listen(0, '127.0.0.1', () => {
  process.stdout.write(`ready service=127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})
