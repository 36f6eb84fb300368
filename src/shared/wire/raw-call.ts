import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  constants,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
} from 'node:http2'
import { once } from 'node:events'
import { onAbort } from '../abort.js'
import { SnetError } from '../errors.js'
import { outlive } from '../outlive.js'
import { packageVersion } from '../package.js'
import { reasonOf } from './connect-fault.js'
import { FrameReader, frameOf } from './frame-reader.js'
import { type CallStatus, fromDaemonStatus, fromServiceStatus } from './service-errors.js'
import { ERROR_HINT_TRAILER, ERROR_KIND_TRAILER, statusOfHttp } from './status.js'

type Messages = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/** What a call has besides its method and messages. */
export interface CallExtras {
  /** The owner of the method, which decides how an error status is told. */
  readonly of: 'daemon' | 'service'
  /** Values of `-bin` names are bytes. */
  readonly headers?: Readonly<Record<string, string | Uint8Array>>
  readonly timeoutMs: number
  /** A larger answer is refused by its length, before its bytes are taken. */
  readonly maxMessageBytes: number
  readonly signal?: AbortSignal | undefined
}

export interface CallRoute {
  readonly endpoint: string
  readonly connected: (signal: AbortSignal) => Promise<ClientHttp2Session>
}

/** One gRPC call over HTTP/2. Whatever ends it, its stream is closed when the generator is. */
export async function* callRaw(
  { endpoint, connected }: CallRoute,
  path: string,
  messages: Messages,
  extras: CallExtras,
): AsyncGenerator<Buffer> {
  using stop = stopOf(endpoint, extras)
  const session = await connected(stop.signal)
  stop.signal.throwIfAborted()
  const stream = session.request(headersOf(path, extras))
  outlive(session, stream)
  const received = receive(stream)
  using _stopping = onAbort(stop.signal, () => abandon(stream))
  // Nobody waits for it: the next request may never come, and the call is over with its status.
  void send(stream, messages).catch((fault: unknown) => stop.abort(fault))
  try {
    yield* answersOf(stream, received, extras.maxMessageBytes)
  } catch (fault) {
    stop.signal.throwIfAborted()
    throw fault instanceof SnetError ? fault : brokenCall(fault, stream)
  } finally {
    abandon(stream)
  }
  stop.signal.throwIfAborted()
  const failure = failureOf(received, extras.of)
  if (failure) throw failure
}

/** Aborts with the reason to throw: time is up, the caller stopped it, or the requests could not be read. */
function stopOf(endpoint: string, { timeoutMs, signal }: CallExtras) {
  const stop = new AbortController()
  const abort = (reason: unknown): void => stop.abort(reason)
  const timer = setTimeout(() => {
    abort(new SnetError('timed-out', `no answer from ${endpoint} within ${timeoutMs / 1000} s`))
  }, timeoutMs)
  const calling = onAbort(signal, () => abort(new SnetError('cancelled', 'the call was cancelled')))
  return {
    signal: stop.signal,
    abort,
    [Symbol.dispose]: () => {
      clearTimeout(timer)
      calling[Symbol.dispose]()
    },
  }
}

/** The header blocks of an answer. */
interface Received {
  headers?: IncomingHttpHeaders
  trailers?: IncomingHttpHeaders
  /** Rejects with what broke the stream before its first headers. */
  readonly begun: Promise<void>
}

function receive(stream: ClientHttp2Stream): Received {
  const received: Received = {
    begun: new Promise((done, fail) => {
      stream.once('response', (headers) => {
        received.headers = headers
        done()
      })
      stream.once('error', fail)
      stream.once('close', () => fail(new Error('the other side gave the call up')))
    }),
  }
  received.begun.catch(() => undefined)
  stream.once('trailers', (trailers: IncomingHttpHeaders) => {
    received.trailers = trailers
  })
  // Told by the reader of the stream; without a listener it would end the process.
  stream.on('error', () => undefined)
  return received
}

async function* answersOf(
  stream: ClientHttp2Stream,
  received: Received,
  maxMessageBytes: number,
): AsyncGenerator<Buffer> {
  await received.begun
  const { headers = {} } = received
  if (headers['grpc-status'] !== undefined) {
    received.trailers = headers
    return
  }
  requireGrpc(headers)
  const reader = new FrameReader(maxMessageBytes)
  for await (const chunk of stream as AsyncIterable<Buffer>) yield* reader.push(chunk)
  if (!received.trailers && !stream.closed) await Promise.race([once(stream, 'trailers'), once(stream, 'close')])
  if (!received.trailers && stream.rstCode !== constants.NGHTTP2_NO_ERROR) throw brokenCall(undefined, stream)
  if (!reader.isWhole) throw new SnetError('upstream-failed', 'the answer ended within a message')
}

function requireGrpc(headers: IncomingHttpHeaders): void {
  const status = Number(headers[':status'] ?? 0)
  const type = headers['content-type'] ?? 'none'
  if (status === 200 && type.startsWith('application/grpc')) return
  throw new SnetError(
    statusOfHttp(status),
    `the other side does not answer as gRPC: HTTP status ${status}, content type "${type.slice(0, 100)}"`,
    { hint: 'Check that the endpoint is that of a daemon.' },
  )
}

const brokenCall = (cause: unknown, stream: ClientHttp2Stream): SnetError =>
  new SnetError(
    'unavailable',
    stream.rstCode === undefined || stream.rstCode === constants.NGHTTP2_NO_ERROR
      ? `the call broke off: ${reasonOf(cause)}`
      : `the other side gave the call up (HTTP/2 error ${stream.rstCode})`,
    { cause },
  )

function failureOf({ trailers }: Received, of: CallExtras['of']): SnetError | undefined {
  const code = trailers?.['grpc-status']
  if (trailers === undefined || typeof code !== 'string' || !/^\d{1,5}$/.test(code))
    return new SnetError('upstream-failed', 'the answer ended without a status')
  if (code === '0') return undefined
  const text = (name: string): string | undefined => {
    const value = trailers[name]
    return typeof value === 'string' ? value : undefined
  }
  const status: CallStatus = {
    code: Number(code),
    details: percentDecoded(text('grpc-message') ?? ''),
    kind: text(ERROR_KIND_TRAILER),
    hint: text(ERROR_HINT_TRAILER),
  }
  return of === 'daemon' ? fromDaemonStatus(status) : fromServiceStatus(status)
}

/** Text that is not percent-encoded stays as it came. */
const percentDecoded = (text: string): string =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'))

/** Stops quietly when the call has ended: its status tells why. */
async function send(stream: ClientHttp2Stream, messages: Messages): Promise<void> {
  for await (const message of messages) {
    if (stream.closed || stream.destroyed) return
    if (stream.write(frameOf(message))) continue
    await new Promise<void>((done) => {
      const onEnd = (): void => {
        stream.off('drain', onEnd).off('close', onEnd)
        done()
      }
      stream.on('drain', onEnd).on('close', onEnd)
    })
  }
  stream.end()
}

function abandon(stream: ClientHttp2Stream): void {
  if (stream.destroyed) return
  stream.close(constants.NGHTTP2_CANCEL)
  stream.destroy()
}

const headersOf = (path: string, { headers = {}, timeoutMs }: CallExtras): OutgoingHttpHeaders => ({
  ...Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : Buffer.from(value).toString('base64'),
    ]),
  ),
  ':method': 'POST',
  ':path': path,
  te: 'trailers',
  'content-type': 'application/grpc',
  'user-agent': `snetd/${packageVersion()}`,
  'grpc-accept-encoding': 'identity',
  'grpc-timeout': timeoutMs < 1e8 ? `${Math.ceil(timeoutMs)}m` : `${Math.ceil(timeoutMs / 1000)}S`,
})

/** The one answer of a method that answers once. Error: `upstream-failed` for none or more. */
export async function onlyAnswer(answers: AsyncIterable<Buffer>): Promise<Buffer> {
  let only: Buffer | undefined
  for await (const answer of answers) {
    if (only) throw new SnetError('upstream-failed', 'the answer has more than one message')
    only = answer
  }
  if (only) return only
  throw new SnetError('upstream-failed', 'the answer has no message')
}
