import { setMaxListeners } from 'node:events'
import {
  type Call,
  Client,
  type ClientReadableStream,
  credentials,
  connectivityState,
  type ServiceError,
} from '@grpc/grpc-js'
import { onAbort } from '../../../shared/abort.js'
import { SnetError } from '../../../shared/errors.js'
import { fromBerty } from './errors.js'
import type { Method } from './methods.js'

export interface CallOptions {
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
}

export interface StreamEvents {
  onMessage(bytes: Buffer): void
  /** Once, after the last message; undefined when Berty has ended it without an error. */
  onEnd(error: Error | undefined): void
}

export interface OpenStream {
  /** No event is told after this. */
  cancel(): void
  pause(): void
  resume(): void
}

/** An event may be larger than the 4 MiB that Berty takes in a request: it adds to what was sent (berty 0). */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024

/**
 * No keepalive: Berty ends a connection that PINGs more often than every five minutes (berty 3.7). No retries: its own
 * errors come under UNAVAILABLE. Nothing from the environment or from DNS decides how it is reached.
 */
const CHANNEL = {
  'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
  'grpc.max_send_message_length': MAX_MESSAGE_BYTES,
  'grpc.enable_retries': 0,
  'grpc.service_config_disable_resolution': 1,
  'grpc.enable_http_proxy': 0,
  'grpc.use_local_subchannel_pool': 1,
  'grpc.initial_reconnect_backoff_ms': 200,
  'grpc.max_reconnect_backoff_ms': 2_000,
}

/** One HTTP/2 connection to a Berty, made anew by itself when it breaks off. */
export class BertyConnection implements Disposable {
  readonly endpoint: string
  readonly #client: Client
  readonly #open = new Set<Call>()
  #isClosed = false

  /** @param endpoint HOST:PORT; nothing is dialled before the first call */
  constructor(endpoint: string) {
    this.endpoint = endpoint
    this.#client = new Client(endpoint, credentials.createInsecure(), CHANNEL)
  }

  /** Closed for good: it is not opened again. */
  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Errors: BertyError; `cancelled`. */
  async unary<Request extends object, Reply>(
    method: Method<Request, Reply>,
    request: Request,
    options: CallOptions,
  ): Promise<Reply> {
    const bytes = method.encode(request)
    return method.decode(
      await this.#call(method.path, options, (deadline, done) =>
        this.#client.makeUnaryRequest(method.path, asIs, asIs, bytes, { deadline }, done),
      ),
    )
  }

  /** The same for a method that takes a stream. */
  async upload<Request extends object, Reply>(
    method: Method<Request, Reply>,
    requests: readonly Request[],
    options: CallOptions,
  ): Promise<Reply> {
    return method.decode(
      await this.#call(method.path, options, (deadline, done) => {
        const call = this.#client.makeClientStreamRequest(method.path, asIs, asIs, { deadline }, done)
        for (const request of requests) call.write(method.encode(request))
        call.end()
        return call
      }),
    )
  }

  /**
   * Starts to read a stream, with neither deadline nor waiting: an idle stream shows nothing before its first message,
   * not even that it was accepted.
   */
  stream<Request extends object>(method: Method<Request, unknown>, request: Request, events: StreamEvents): OpenStream {
    if (this.#isClosed) throw closedError()
    const call = this.#client.makeServerStreamRequest(method.path, asIs, asIs, method.encode(request))
    this.#open.add(call)
    return listen(call, method.path, events, () => this.#open.delete(call))
  }

  /** Resolves when an established connection is no longer one, or is closed. */
  untilDropped(signal: AbortSignal): Promise<void> {
    const channel = this.#client.getChannel()
    if (signal.aborted) return Promise.resolve()
    return new Promise((done) => {
      const look = (): void => {
        const state = channel.getConnectivityState(false)
        if (signal.aborted || this.#isClosed || state !== connectivityState.READY) {
          listening[Symbol.dispose]()
          done()
        } else channel.watchConnectivityState(state, Infinity, look)
      }
      const listening = onAbort(signal, look)
      look()
    })
  }

  [Symbol.dispose](): void {
    if (this.#isClosed) return
    this.#isClosed = true
    // Closing a client leaves its calls alone.
    for (const call of [...this.#open]) call.cancel()
    this.#client.close()
  }

  #call(
    path: string,
    { timeoutMs, signal }: CallOptions,
    start: (deadline: number, done: (error: ServiceError | null, reply?: Buffer) => void) => Call,
  ): Promise<Buffer> {
    return new Promise((done, fail) => {
      if (this.#isClosed) return fail(closedError())
      if (signal?.aborted) return fail(cancelledError(path))
      // Many calls share a signal, and that is no leak.
      if (signal) setMaxListeners(0, signal)
      const call = start(Date.now() + timeoutMs, (error, reply) => {
        wanting[Symbol.dispose]()
        this.#open.delete(call)
        if (error) fail(signal?.aborted ? cancelledError(path) : fromBerty(nameOf(path), error))
        else done(reply ?? Buffer.alloc(0))
      })
      this.#open.add(call)
      const wanting = onAbort(signal, () => call.cancel())
    })
  }
}

function listen(
  call: ClientReadableStream<Buffer>,
  path: string,
  events: StreamEvents,
  forget: () => void,
): OpenStream {
  let isOver = false
  const end = (error?: ServiceError): void => {
    if (isOver) return
    isOver = true
    forget()
    events.onEnd(error && fromBerty(nameOf(path), error))
  }
  call.on('data', (bytes: Buffer) => isOver || events.onMessage(bytes))
  call.on('error', (error) => end(error as ServiceError))
  call.on('end', () => end())
  return {
    cancel: () => {
      isOver = true
      forget()
      call.cancel()
      // What has arrived already is dropped, or the call would never be done.
      call.resume()
    },
    pause: () => void call.pause(),
    resume: () => void call.resume(),
  }
}

const asIs = (bytes: Buffer): Buffer => bytes
const nameOf = (path: string): string => `Berty, ${path.slice(path.lastIndexOf('/') + 1)}`
const closedError = (): SnetError => new SnetError('unavailable', 'the connection to Berty was closed')
const cancelledError = (path: string): SnetError => new SnetError('cancelled', `${nameOf(path)}: cancelled`)
