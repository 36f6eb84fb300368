import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import {
  type ConnectionEvents,
  type ConnectionLimits,
  FrameConnection,
  type FrameStream,
} from '../../../../../src/daemon/gateway/frames/index.js'

export const LIMITS: ConnectionLimits = {
  maxStreams: 100,
  maxHeaderBytes: 16_384,
  readHeaderBytes: 16_384,
  streamWindowBytes: 262_144,
  connectionWindowBytes: 8 * 1024 * 1024,
  resets: { burst: 1_000, perSecond: 100 },
  idleFrames: { burst: 10_000, perSecond: 5_000 },
}

const KEPT = new Set(['content-type', 'grpc-status'])
export const isKept = (name: string): boolean => KEPT.has(name)

/** Echoes the body, and ends with a trailer. */
function echo(stream: FrameStream): void {
  stream.sendHeaders([':status', '200', 'content-type', 'application/grpc'])
  const pass = (): void => {
    for (let bytes = stream.read(); bytes; bytes = stream.read()) stream.write(bytes)
    if (stream.isReadToEnd) stream.end(['grpc-status', '0'])
  }
  stream.events = { onNews: pass }
  pass()
}

export interface FrameServer extends AsyncDisposable {
  readonly port: number
  readonly connections: FrameConnection[]
}

/** A server of frames on a free port of loopback. */
export async function serveFrames(
  events: ConnectionEvents = { onStream: echo },
  limits: Partial<ConnectionLimits> = {},
): Promise<FrameServer> {
  const sockets = new Set<Socket>()
  const connections: FrameConnection[] = []
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    const options = { role: 'server', limits: { ...LIMITS, ...limits }, isKept, events } as const
    connections.push(new FrameConnection(socket, options))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    connections,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
