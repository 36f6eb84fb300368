import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
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

export interface Told {
  readonly type: number
  readonly flags: number
  readonly stream: number
  readonly payload: Buffer
}

/** Sends bytes, and hands out the frames that come back one by one; undefined once the connection has ended. */
export class RawPeer implements Disposable {
  readonly #socket: Socket
  #received = Buffer.alloc(0)
  #isOver = false
  #wake = (): void => undefined

  constructor(port: number) {
    this.#socket = connect(port, '127.0.0.1')
    this.#socket.on('error', () => undefined)
    this.#socket.on('data', (bytes: Buffer) => {
      this.#received = Buffer.concat([this.#received, bytes])
      this.#wake()
    })
    this.#socket.on('close', () => {
      this.#isOver = true
      this.#wake()
    })
  }

  send(...parts: Buffer[]): void {
    this.#socket.write(Buffer.concat(parts))
  }

  async next(): Promise<Told | undefined> {
    for (;;) {
      const bytes = this.#received
      const length = bytes.length >= 9 ? 9 + bytes.readUIntBE(0, 3) : Infinity
      if (bytes.length >= length) {
        this.#received = bytes.subarray(length)
        const [type = 0, flags = 0] = [bytes[3], bytes[4]]
        return { type, flags, stream: bytes.readUInt32BE(5), payload: bytes.subarray(9, length) }
      }
      if (this.#isOver) return undefined
      await new Promise<void>((done) => (this.#wake = done))
    }
  }

  /** The next frame of one of these kinds. */
  async nextOf(...types: number[]): Promise<Told | undefined> {
    for (let told = await this.next(); told; told = await this.next()) if (types.includes(told.type)) return told
    return undefined
  }

  [Symbol.dispose](): void {
    this.#socket.destroy()
  }
}
