import { type AddressInfo, createServer, type Socket } from 'node:net'
import { FLAG, frame, FRAME, headerBlock, headersFrames, PREFACE, SETTINGS, uint32 } from './frames.js'

export type Lines = readonly (readonly [name: string, value: string])[]

export interface FrameService extends AsyncDisposable {
  readonly url: URL
  /** Connections that were made to it. */
  readonly connections: number
  /** Breaks off all connections, as the host of a killed process does. */
  reset(): void
}

/** What a service of bare frames does; each answer is the bytes that it writes. */
export interface FrameHabits {
  /** Said at the start of a connection; SETTINGS by default. */
  readonly hello?: Buffer
  /** When the headers of a request have come. */
  readonly onHeaders?: (stream: number) => Buffer
  /** When a request has ended; what is answered later is handed to `say`. */
  readonly onEnd?: (stream: number, say: (bytes: Buffer) => void) => Buffer
  /** Told of each PING, which is answered. */
  readonly onPing?: () => void
  /** Told when a PING of its own was answered: what it had said before has been read. */
  readonly onPong?: () => void
}

const NOTHING = Buffer.alloc(0)

/** A service made of frames, which says what no HTTP/2 library would. */
export async function startFrameService({
  hello = SETTINGS,
  onHeaders = () => NOTHING,
  onEnd = () => NOTHING,
  onPing = () => undefined,
  onPong = () => undefined,
}: FrameHabits): Promise<FrameService> {
  const sockets = new Set<Socket>()
  let connections = 0
  const answer = (type: number, flags: number, stream: number, payload: Buffer, socket: Socket): Buffer => {
    if (type === FRAME.settings && (flags & FLAG.ack) === 0) return frame(FRAME.settings, { flags: FLAG.ack })
    if (type === FRAME.ping && (flags & FLAG.ack) === 0) {
      onPing()
      return frame(FRAME.ping, { flags: FLAG.ack, payload })
    }
    if (type === FRAME.ping) onPong()
    const begun = type === FRAME.headers ? onHeaders(stream) : NOTHING
    const hasEnded = (type === FRAME.headers || type === FRAME.data) && (flags & FLAG.endStream) !== 0
    return hasEnded ? Buffer.concat([begun, onEnd(stream, (bytes) => socket.write(bytes))]) : begun
  }
  const server = createServer((socket) => {
    connections++
    sockets.add(socket)
    let seen = Buffer.alloc(0)
    let at = PREFACE.length
    socket.on('error', () => undefined).write(hello)
    socket.on('data', (chunk: Buffer) => {
      seen = Buffer.concat([seen, chunk])
      for (let end = endOfFrame(seen, at); end <= seen.length; end = endOfFrame(seen, at)) {
        const stream = seen.readUInt32BE(at + 5)
        const payload = seen.subarray(at + 9, end)
        socket.write(answer(seen[at + 3] as number, seen[at + 4] as number, stream, payload, socket))
        at = end
      }
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    get connections() {
      return connections
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

const endOfFrame = (seen: Buffer, at: number): number =>
  at + 9 <= seen.length ? at + 9 + seen.readUIntBE(at, 3) : Infinity

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
