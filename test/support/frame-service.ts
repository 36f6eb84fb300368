import { type AddressInfo, createServer, type Socket } from 'node:net'
import { FrameStreamReader, type ReadFrame } from './frame-stream-reader.js'
import { FLAG, frame, FRAME, headerBlock, headersFrames, PREFACE, SETTINGS, uint32 } from './frames.js'

export type Lines = readonly (readonly [name: string, value: string])[]

export interface FrameService extends AsyncDisposable {
  readonly url: URL
  /** Connections that were made to it. */
  readonly connections: number
  /** Those that are open. */
  readonly open: number
  /** Breaks off all connections, as the host of a killed process does. */
  reset(): void
}

/** What a service of bare frames does; each answer is the bytes that it writes. */
export interface FrameHabits {
  /** Said at the start of a connection; SETTINGS by default. */
  readonly hello?: Buffer
  /** When the headers of a request have come; what is answered later is handed to `say`. */
  readonly onHeaders?: (stream: number, say: Say, connection: number) => Buffer
  /** When a request has ended. */
  readonly onEnd?: (stream: number, say: Say, request: HeardRequest) => Buffer
  /** Told of each frame, before anything is done about it. */
  readonly onFrame?: (frame: ReadFrame, say: Say, connection: number) => void
  /** Told of each PING, which is answered. */
  readonly onPing?: () => void
  /** Told when a PING of its own was answered: what it had said before has been read. */
  readonly onPong?: () => void
}

/** Writes to the connection on which something came. */
export type Say = (bytes: Buffer) => void

export interface HeardRequest {
  /** The how-manieth connection it came on, from 1. */
  readonly connection: number
  readonly body: Buffer
}

const NOTHING = Buffer.alloc(0)

/** A service made of frames, which says what no HTTP/2 library would. */
export async function startFrameService({
  hello = SETTINGS,
  onHeaders = () => NOTHING,
  onEnd = () => NOTHING,
  onFrame = () => undefined,
  onPing = () => undefined,
  onPong = () => undefined,
}: FrameHabits): Promise<FrameService> {
  const sockets = new Set<Socket>()
  let connections = 0
  const serve = (socket: Socket): void => {
    const connection = ++connections
    const reader = new FrameStreamReader()
    const bodies = new Map<number, Buffer[]>()
    let prefaceLeft = PREFACE.length
    const say: Say = (bytes) => void socket.write(bytes)
    const answer = ({ type, flags, stream, payload }: ReadFrame): Buffer => {
      if (type === FRAME.settings && (flags & FLAG.ack) === 0) return frame(FRAME.settings, { flags: FLAG.ack })
      if (type === FRAME.ping && (flags & FLAG.ack) === 0) {
        onPing()
        return frame(FRAME.ping, { flags: FLAG.ack, payload })
      }
      if (type === FRAME.ping) onPong()
      if (type !== FRAME.headers && type !== FRAME.data) return NOTHING
      const body = bodies.get(stream) ?? []
      bodies.set(stream, body)
      if (type === FRAME.data) body.push(payload)
      const begun = type === FRAME.headers ? onHeaders(stream, say, connection) : NOTHING
      if ((flags & FLAG.endStream) === 0) return begun
      return Buffer.concat([begun, onEnd(stream, say, { connection, body: Buffer.concat(body) })])
    }
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => undefined).write(hello)
    socket.on('data', (chunk: Buffer) => {
      const frames = reader.push(chunk.subarray(prefaceLeft))
      prefaceLeft = Math.max(0, prefaceLeft - chunk.length)
      for (const each of frames) {
        onFrame(each, say, connection)
        socket.write(answer(each))
      }
    })
  }
  const server = createServer(serve)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    get connections() {
      return connections
    },
    get open() {
      return sockets.size
    },
    reset: () => {
      for (const socket of sockets) socket.resetAndDestroy()
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}

/** A service that resets every stream with `code` as soon as its headers have come. */
export const startResettingService = (code: number): Promise<FrameService> =>
  startFrameService({ onHeaders: (stream) => frame(FRAME.rstStream, { stream, payload: uint32(code) }) })

const MESSAGE = Buffer.from([0, 0, 0, 0, 1, 7])
const GRPC: Lines = [
  [':status', '200'],
  ['content-type', 'application/grpc'],
]

/** A header block on `stream`, with the end of the stream behind it on demand. */
function headersOn(stream: number, lines: Lines, { end = false } = {}): Buffer {
  const bytes = headersFrames(stream, headerBlock(lines))
  if (end) bytes.writeUInt8(bytes.readUInt8(4) | FLAG.endStream, 4)
  return bytes
}

/** The headers that an answer begins with. */
export const answerHead = (stream: number): Buffer => headersOn(stream, GRPC)

/** The whole of an answer: more headers, `body` in one frame each, more trailers. */
export const wholeAnswer = (
  stream: number,
  headers: Lines,
  trailers: Lines,
  body: readonly Buffer[] = [MESSAGE],
): Buffer =>
  Buffer.concat([
    headersOn(stream, [...GRPC, ...headers]),
    ...body.map((payload) => frame(FRAME.data, { stream, payload })),
    headersOn(stream, [['grpc-status', '0'], ...trailers], { end: true }),
  ])

/** An answer that is nothing but a status, in the one header block. */
export const statusOnly = (stream: number, lines: Lines): Buffer =>
  headersOn(stream, [...GRPC, ...lines], { end: true })
