import { promisify } from 'node:util'
import { gunzip, inflate } from 'node:zlib'
import { status } from '@grpc/grpc-js'
import { unlessAborted } from '../../../shared/cancellation.js'
import { SnetError } from '../../../shared/errors.js'
import type { CallContext, OwnMethod } from '../../../shared/wire/index.js'
import type { Call } from '../call.js'
import { StatusError } from '../failure.js'
import { HeaderList } from '../header-list.js'
import { messagesOf, PREFIX_BYTES, withPrefix } from '../messages.js'

/** Requests of our own services are a few hundred bytes. */
const MAX_MESSAGE_BYTES = 64 * 1024

/**
 * Answers a call of one of our own services by calling its handler: no connection stands between that could fill up,
 * break or hang. What the handler does not hear of any more, because the call is over, it may finish for itself.
 * @param onRequest is called before the handler gets its request, or the first of them; what it throws ends the call
 */
export async function answerInProcess(method: OwnMethod, call: Call, onRequest: () => void): Promise<void> {
  const { cancelled, reply } = call
  const received = method.requestStream ? requestsOf(method, call) : theOnly(requestsOf(method, call), method.path)
  const requests = tellOfFirst(received, onRequest)
  const answers = method.answer(requests, contextOf(call))[Symbol.asyncIterator]()
  let hasHeaders = false
  try {
    for (;;) {
      const next = await unlessAborted(answers.next(), cancelled)
      if (next.done) break
      const bytes = withPrefix(method.encode(next.value))
      if (!hasHeaders) reply.headers(new HeaderList(COMPRESSION))
      hasHeaders = true
      if (!reply.write(bytes)) await unlessAborted(reply.drained(), cancelled)
    }
  } finally {
    // Not awaited: a handler that still waits for something comes to its end after that.
    answers.return?.().catch(() => undefined)
  }
  reply.trailers = new HeaderList().add('grpc-status', String(status.OK))
}

const contextOf = ({ metadata, cancelled }: Call): CallContext => ({
  metadata,
  get signal() {
    return cancelled.signal
  },
})

/** What we understand, and that our answers are not compressed. */
const COMPRESSION = ['grpc-accept-encoding', 'identity,deflate,gzip', 'grpc-encoding', 'identity']

async function* requestsOf(method: OwnMethod, call: Call): AsyncGenerator {
  for await (const frame of messagesOf(call, judgeLength)) {
    const bytes = await contentOf(frame, call.metadata.first('grpc-encoding') ?? 'identity')
    yield decode(method, bytes)
  }
}

function decode(method: OwnMethod, bytes: Buffer): unknown {
  try {
    return method.decode(bytes)
  } catch {
    throw new StatusError(status.INTERNAL, 'Error deserializing request')
  }
}

async function* tellOfFirst(requests: AsyncIterable<unknown>, onRequest: () => void): AsyncGenerator {
  let isFirst = true
  for await (const request of requests) {
    if (isFirst) onRequest()
    isFirst = false
    yield request
  }
}

/** Passes on the one message of a request once the request has ended with it. */
async function* theOnly(requests: AsyncIterable<unknown>, path: string): AsyncGenerator {
  const received: unknown[] = []
  for await (const request of requests) {
    if (received.push(request) > 1)
      throw new StatusError(status.UNIMPLEMENTED, `Received a second request message for method ${path}`)
  }
  if (received.length === 0)
    throw new StatusError(status.UNIMPLEMENTED, `Received no request message for method ${path}`)
  yield received[0]
}

const UNPACK: Readonly<Record<string, (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>>> = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
}

async function contentOf(frame: Buffer, encoding: string): Promise<Buffer> {
  const [flag] = frame
  const content = frame.subarray(PREFIX_BYTES)
  if (flag === 0) return content
  if (flag !== 1) throw new StatusError(status.INTERNAL, `grpc: received unexpected payload format ${flag}`)
  if (encoding === 'identity')
    throw new StatusError(status.INTERNAL, 'grpc: compressed flag set with identity or empty encoding')
  if (!Object.hasOwn(UNPACK, encoding))
    throw new StatusError(status.UNIMPLEMENTED, `Received message compressed with unsupported encoding "${encoding}"`)
  try {
    return (await UNPACK[encoding]?.(content, { maxOutputLength: MAX_MESSAGE_BYTES })) as Buffer
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw tooLarge(`Received message that decompresses to a size larger than ${MAX_MESSAGE_BYTES}`)
    throw new StatusError(status.INTERNAL, 'Failed to decompress message')
  }
}

function judgeLength(length: number): void {
  if (length > MAX_MESSAGE_BYTES) throw tooLarge(`Received message larger than max (${length} vs ${MAX_MESSAGE_BYTES})`)
}

const tooLarge = (text: string): SnetError =>
  new SnetError('rate-limited', text, { hint: 'Requests to the daemon itself are small.' })
