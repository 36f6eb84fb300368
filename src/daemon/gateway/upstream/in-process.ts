import { status } from '../../../shared/grpc-status.js'
import { unlessAborted } from '../../../shared/cancellation.js'
import { SnetError } from '../../../shared/errors.js'
import type { CallContext, OwnMethod } from '../../../shared/wire/index.js'
import type { Call } from '../call.js'
import { StatusError } from '../failure.js'
import { HeaderList } from '../header-list.js'
import { type JudgeLength, messagesOf, withPrefix } from '../messages.js'
import { contentOf } from './message-content.js'
import { Stall } from './stall.js'

/** What the requests of an own method may be. */
export interface RequestLimits {
  readonly maxMessageBytes: number
  /** How long one of many messages may take to come, while the handler waits for it. */
  readonly stallMs: number
}

/**
 * Answers a call of one of our own services by calling its handler: no connection stands between that could fill up,
 * break or hang. What the handler does not hear of any more, because the call is over, it may finish for itself.
 * @param onRequest is called before the handler gets its request, or the first of them; what it throws ends the call
 */
export async function answerInProcess(
  method: OwnMethod,
  call: Call,
  onRequest: () => void,
  limits: RequestLimits,
): Promise<void> {
  const { cancelled, reply } = call
  const coming = requestsOf(method, call, limits.maxMessageBytes)
  const stall = new Stall(limits.stallMs, () => call.abort(noFurtherMessage(limits.stallMs)))
  const received = method.requestStream ? inTime(coming, stall) : theOnly(coming, method.path)
  const requests = tellOfFirst(received, onRequest)
  const answers = method.answer(requests, contextOf(call))[Symbol.asyncIterator]()
  let hasHeaders = false
  try {
    for (;;) {
      const next = await unlessAborted(answers.next(), cancelled)
      if (next.done) break
      call.right?.throwIfAborted()
      const bytes = withPrefix(method.encode(next.value))
      if (!hasHeaders) reply.headers(new HeaderList(COMPRESSION))
      hasHeaders = true
      if (!reply.write(bytes)) await unlessAborted(reply.drained(), cancelled)
    }
  } finally {
    stall.end()
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

async function* requestsOf(method: OwnMethod, call: Call, maxMessageBytes: number): AsyncGenerator {
  for await (const frame of messagesOf(call, judgeLength(maxMessageBytes))) {
    yield decode(method, await contentOf(frame, call.metadata, { max: maxMessageBytes, tooLarge }))
  }
}

/** Counts the time in which the handler waits for a further message; the first has a time of its own. */
async function* inTime(requests: AsyncIterable<unknown>, stall: Stall): AsyncGenerator {
  for await (const request of requests) {
    stall.end()
    yield request
    stall.begin()
  }
  stall.end()
}

const noFurtherMessage = (ms: number): SnetError =>
  new SnetError('timed-out', `the client sent no further message for ${ms} ms`, {
    hint: 'client_stall_timeout of the daemon sets the limit.',
  })

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

const judgeLength =
  (max: number): JudgeLength =>
  (length) => {
    if (length > max) throw tooLarge(`Received message larger than max (${length} vs ${max})`)
  }

const tooLarge = (text: string): SnetError =>
  new SnetError('rate-limited', text, { hint: 'Requests to the daemon itself are small.' })
