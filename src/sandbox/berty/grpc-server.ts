import { createServer as createHttp2Server, type Http2Server, type ServerHttp2Session } from 'node:http2'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import type { EraTraits } from './eras.js'
import { unimplemented } from './errors.js'
import { GrpcCall } from './grpc-call.js'

export type Handler = (call: GrpcCall) => Promise<void> | void

/** After so many PINGs the connection is closed; Berty allows one in five minutes (berty 3.7). */
const MAX_PINGS = 7
const PING_EVERY_MS = 300_000
const ENHANCE_YOUR_CALM = 11

/** Cleartext HTTP/2 on loopback that treats connections as Berty's server does, and that tests can break. */
export class GrpcServer implements AsyncDisposable {
  readonly #http2: Http2Server
  readonly #tcp: Server
  readonly #sockets = new Set<Socket>()
  readonly #held: Socket[] = []
  #isHolding = false

  private constructor(handlers: ReadonlyMap<string, Handler>, traits: EraTraits) {
    this.#http2 = createHttp2Server({ settings: { initialWindowSize: 1 << 20 }, maxSessionMemory: 1024 })
    this.#http2.on('stream', (stream, headers) => {
      const path = headers[':path'] ?? ''
      const call = new GrpcCall(path, stream, traits)
      const handler = handlers.get(path)
      if (!handler) return call.fail(unimplemented(path))
      void run(handler, call)
    })
    this.#http2.on('session', guardAgainstPings)
    this.#http2.on('sessionError', () => undefined)
    this.#tcp = createServer((socket) => this.#accept(socket))
  }

  static async listen(handlers: ReadonlyMap<string, Handler>, traits: EraTraits, port: number): Promise<GrpcServer> {
    const server = new GrpcServer(handlers, traits)
    await new Promise<void>((resolve, reject) => {
      server.#tcp.once('error', reject)
      server.#tcp.listen({ host: '127.0.0.1', port }, resolve)
    })
    return server
  }

  get port(): number {
    return (this.#tcp.address() as AddressInfo).port
  }

  #accept(socket: Socket): void {
    socket.setNoDelay(true)
    socket.on('error', () => undefined)
    this.#sockets.add(socket)
    socket.once('close', () => this.#sockets.delete(socket))
    if (this.#isHolding) this.#held.push(socket)
    else this.#http2.emit('connection', socket)
  }

  /** Accepts connections from now on, but does not answer them. */
  hold(): void {
    this.#isHolding = true
  }

  release(): void {
    this.#isHolding = false
    for (const socket of this.#held.splice(0)) if (!socket.destroyed) this.#http2.emit('connection', socket)
  }

  /** Cuts every connection without notice. */
  drop(): void {
    this.#held.splice(0)
    for (const socket of this.#sockets) socket.destroy()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#tcp.close(() => resolve()))
    this.drop()
    this.#http2.close()
    await closed
  }
}

async function run(handler: Handler, call: GrpcCall): Promise<void> {
  try {
    await handler(call)
  } catch (thrown) {
    call.fail(thrown)
  }
}

function guardAgainstPings(session: ServerHttp2Session): void {
  let last = -Infinity
  let strikes = 0
  session.on('error', () => undefined)
  session.on('ping', () => {
    const now = performance.now()
    if (now - last < PING_EVERY_MS) strikes++
    last = now
    if (strikes < MAX_PINGS - 1 || session.destroyed) return
    session.goaway(ENHANCE_YOUR_CALM, undefined, Buffer.from('too_many_pings'))
    setImmediate(() => session.destroy())
  })
}
