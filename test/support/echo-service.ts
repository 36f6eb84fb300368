import { createServer, type Http2Server, type ServerHttp2Stream } from 'node:http2'
import type { AddressInfo } from 'node:net'
import {
  type ChannelCredentials,
  Client,
  type ClientOptions,
  credentials,
  type handleBidiStreamingCall,
  type handleClientStreamingCall,
  type handleServerStreamingCall,
  type handleUnaryCall,
  Metadata,
  Server,
  ServerCredentials,
  type ServiceDefinition,
  status,
} from '@grpc/grpc-js'

const raw = { requestSerialize: asIs, requestDeserialize: asIs, responseSerialize: asIs, responseDeserialize: asIs }
function asIs(bytes: Buffer): Buffer {
  return bytes
}

const method = (name: string, requestStream: boolean, responseStream: boolean) => ({
  path: `/echo.Echo/${name}`,
  requestStream,
  responseStream,
  ...raw,
})

export const echoDefinition = {
  Unary: method('Unary', false, false),
  Collect: method('Collect', true, false),
  Count: method('Count', false, true),
  Chat: method('Chat', true, true),
} satisfies ServiceDefinition

/** What its metadata would say of it. */
export const echoMethods = {
  find(path: string) {
    const known = Object.values(echoDefinition).find((method) => method.path === path)
    return known && { asksOnce: !known.requestStream, answersOnce: !known.responseStream }
  },
}

/** A service of raw bytes with all four kinds of methods; requests that begin with a known word make it misbehave. */
export interface EchoService extends AsyncDisposable {
  readonly url: URL
  /** Metadata of each call that arrived, in order. */
  readonly seen: Metadata[]
  /** How many calls ended by cancellation. */
  cancelled: number
  /** Resolves at the next cancellation. */
  nextCancel(): Promise<void>
  /** Bytes of `Count` answers handed to the transport so far. */
  written: number
}

/** @param unaryPath where `Unary` is found too */
export async function startEchoService(unaryPath = '/echo.Echo/AlsoUnary'): Promise<EchoService> {
  const server = new Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 })
  const waiting: (() => void)[] = []
  const onCancel = (): void => {
    service.cancelled++
    for (const resolve of waiting.splice(0)) resolve()
  }
  const trailer = (): Metadata => {
    const metadata = new Metadata()
    metadata.set('x-trailer', 'end')
    return metadata
  }
  const open = (call: {
    metadata: Metadata
    sendMetadata(m: Metadata): void
    on(e: 'cancelled', f: () => void): unknown
  }): void => {
    service.seen.push(call.metadata)
    call.on('cancelled', onCancel)
    const headers = new Metadata()
    headers.set('x-header', 'start')
    call.sendMetadata(headers)
  }
  const failure = () => {
    const metadata = trailer()
    metadata.set('grpc-status-details-bin', Buffer.from('details'))
    return { code: status.DATA_LOSS, details: 'lost: 100 % ✓', metadata }
  }
  const unary: handleUnaryCall<Buffer, Buffer> = (call, answer) => {
    const word = call.request.toString()
    if (word === 'hang') return open(call)
    if (word === 'fail at once') {
      service.seen.push(call.metadata)
      return answer(failure())
    }
    open(call)
    if (word === 'fail') return answer(failure())
    answer(null, call.request, trailer())
  }
  const collect: handleClientStreamingCall<Buffer, Buffer> = (call, answer) => {
    open(call)
    const parts: Buffer[] = []
    call.on('data', (part: Buffer) => parts.push(part))
    call.on('end', () => answer(null, Buffer.concat(parts), trailer()))
  }
  /** `n size`: n messages of that size; `hang` after them with a third word. */
  const count: handleServerStreamingCall<Buffer, Buffer> = (call) => {
    open(call)
    const [n = 0, size = 1, hang = 0] = call.request.toString().split(' ').map(Number)
    let sent = 0
    const pump = (): void => {
      while (sent < n && !call.cancelled) {
        sent++
        service.written += size
        if (!call.write(Buffer.alloc(size, sent))) return void call.once('drain', pump)
      }
      if (!hang) call.end(trailer())
    }
    pump()
  }
  const chat: handleBidiStreamingCall<Buffer, Buffer> = (call) => {
    open(call)
    call.on('data', (part: Buffer) => {
      if (part.toString() === 'fail') call.emit('error', failure())
      else call.write(part)
    })
    call.on('end', () => call.end(trailer()))
  }
  server.addService(
    { ...echoDefinition, AlsoUnary: { ...echoDefinition.Unary, path: unaryPath } },
    { Unary: unary, AlsoUnary: unary, Collect: collect, Count: count, Chat: chat },
  )
  const port = await new Promise<number>((done, fail) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? fail(error) : done(bound),
    ),
  )
  const service: EchoService = {
    url: new URL(`http://127.0.0.1:${port}`),
    seen: [],
    cancelled: 0,
    written: 0,
    nextCancel: () => new Promise((done) => waiting.push(done)),
    [Symbol.asyncDispose]: async () => server.forceShutdown(),
  }
  return service
}

/** A service of hand-made HTTP/2 streams, for answers that no gRPC library would send. */
export async function startRawService(
  onStream: (stream: ServerHttp2Stream) => void,
): Promise<{ url: URL; server: Http2Server } & AsyncDisposable> {
  const server = createServer()
  const sessions = new Set<{ destroy(): void }>()
  server.on('session', (session) => sessions.add(session))
  server.on('stream', (stream) => {
    stream.on('error', () => undefined)
    onStream(stream)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    server,
    async [Symbol.asyncDispose]() {
      for (const session of sessions) session.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}

export interface Answer {
  readonly code: number
  readonly details: string
  readonly messages: Buffer[]
  readonly headers: Metadata | undefined
  readonly trailers: Metadata
}

/** A gRPC client of raw bytes. */
export class RawClient implements Disposable {
  readonly client: Client

  constructor(
    address: { host: string; port: number },
    options: ClientOptions = {},
    security: ChannelCredentials = credentials.createInsecure(),
  ) {
    this.client = new Client(`${address.host}:${address.port}`, security, {
      'grpc.max_receive_message_length': -1,
      // Connections are not shared between clients: one that just failed must not make the next one wait.
      'grpc.use_local_subchannel_pool': 1,
      ...options,
    })
  }

  /** Sends the messages on one call and collects everything that comes back; never rejects. */
  call(
    path: string,
    messages: Buffer[],
    { metadata = new Metadata(), deadline, signal }: CallExtras = {},
  ): Promise<Answer> {
    const call = this.client.makeBidiStreamRequest(path, asIs, asIs, metadata, {
      ...(deadline !== undefined && { deadline }),
    })
    signal?.addEventListener('abort', () => call.cancel())
    const received: Buffer[] = []
    let headers: Metadata | undefined
    return new Promise((done) => {
      call.on('metadata', (received) => (headers = received))
      call.on('data', (message: Buffer) => received.push(message))
      call.on('error', () => undefined)
      call.on('status', ({ code, details, metadata }) =>
        done({ code, details, messages: received, headers, trailers: metadata }),
      )
      for (const message of messages) call.write(message)
      call.end()
    })
  }

  [Symbol.dispose](): void {
    this.client.close()
  }
}

export interface CallExtras {
  readonly metadata?: Metadata
  readonly deadline?: Date
  readonly signal?: AbortSignal
}
