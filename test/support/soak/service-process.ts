/** A service on our own frames that answers each call with the bytes that it was sent. */
import type { FrameStream } from '../../../src/daemon/gateway/frames/index.js'
import { serveFrames } from '../../unit/daemon/gateway/frames/support.js'

function echo(stream: FrameStream): void {
  stream.sendHeaders([':status', '200', 'content-type', 'application/grpc'])
  const pass = (): void => {
    for (let bytes = stream.read(); bytes; bytes = stream.read()) stream.write(bytes)
    if (stream.isReadToEnd) stream.end(['grpc-status', '0'])
  }
  stream.events = { onNews: pass }
  pass()
}

const boundless = { burst: 1e9, perSecond: 1e9 }
const { port } = await serveFrames({ onStream: echo }, { resets: boundless, idleFrames: boundless, maxStreams: 1_000 })
process.send?.({ ports: [port] })
process.on('disconnect', () => process.exit())
