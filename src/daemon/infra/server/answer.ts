import type {
  handleServerStreamingCall,
  handleUnaryCall,
  ServerWritableStream,
  ServiceDefinition,
  UntypedServiceImplementation,
} from '@grpc/grpc-js'
import { linkAbort, onAbort } from '../../../shared/abort.js'
import { messageOf, SnetError } from '../../../shared/errors.js'
import { answerUnary, statusOfFailure } from '../../../shared/wire/grpc/index.js'
import type { Log } from '../../observability/index.js'

/**
 * How one service answers: plain functions of a decoded request and a signal that aborts when nobody waits any more.
 */
export interface Answers {
  readonly unary: Readonly<Record<string, (request: never, signal: AbortSignal) => Promise<object> | object>>
  readonly streams?: Readonly<Record<string, (request: never, signal: AbortSignal) => AsyncIterable<object>>>
}

export interface AnswerDeps {
  readonly log: Log
  /** Aborts when the daemon stops, with what callers are told then. */
  readonly stopping: AbortSignal
}

/**
 * Stands in for a request whose bytes cannot be decoded: it is answered with INVALID_ARGUMENT, which grpc-js does not
 * do.
 */
class Malformed {
  constructor(readonly reason: string) {}
}

/** The definition whose requests never fail to be decoded, see {@link Malformed}. */
export function withTolerantDecoding(definition: ServiceDefinition): ServiceDefinition {
  const methods = Object.entries(definition).map(([name, method]) => {
    const requestDeserialize = (bytes: Buffer): unknown => {
      try {
        return method.requestDeserialize(bytes) as unknown
      } catch (thrown) {
        return new Malformed(messageOf(thrown))
      }
    }
    return [name, { ...method, requestDeserialize }]
  })
  return Object.fromEntries(methods) as ServiceDefinition
}

/** Handlers as grpc-js takes them. Every failure becomes a status here; one that nobody foresaw is logged. */
export function handlersOf({ unary, streams = {} }: Answers, deps: AnswerDeps): UntypedServiceImplementation {
  return {
    ...Object.fromEntries(Object.entries(unary).map(([name, answer]) => [name, unaryHandler(name, answer, deps)])),
    ...Object.fromEntries(Object.entries(streams).map(([name, answer]) => [name, streamHandler(name, answer, deps)])),
  }
}

function unaryHandler(
  name: string,
  answer: (request: never, signal: AbortSignal) => Promise<object> | object,
  { log, stopping }: AnswerDeps,
): handleUnaryCall<unknown, object> {
  return (call, reply) => {
    const answerCall = async (): Promise<object> => {
      using wanted = whileWanted(call, stopping)
      return await answer(requireDecoded(call.request), wanted.signal)
    }
    answerUnary(answerCall(), reply, name, log)
  }
}

function streamHandler(
  name: string,
  answer: (request: never, signal: AbortSignal) => AsyncIterable<object>,
  { log, stopping }: AnswerDeps,
): handleServerStreamingCall<unknown, object> {
  return (call) => {
    call.on('error', () => undefined)
    const streamAnswers = async (): Promise<void> => {
      using wanted = whileWanted(call, stopping)
      const { signal } = wanted
      for await (const message of answer(requireDecoded(call.request), signal))
        await writeMessage(call, message, signal)
      // The stream was cut off; without an error its reader would take this for its end.
      stopping.throwIfAborted()
    }
    streamAnswers().then(
      () => call.end(),
      (thrown: unknown) => call.emit('error', statusOfFailure(thrown, name, log)),
    )
  }
}

/**
 * A signal that aborts when nobody waits for the answer any more. `stopping` lives as long as the
 * daemon, and keeps nothing of calls that are over.
 */
function whileWanted(call: Cancellable, stopping: AbortSignal): Disposable & { readonly signal: AbortSignal } {
  const over = new AbortController()
  const linked = linkAbort(over, stopping)
  call.on('cancelled', () => over.abort(new SnetError('cancelled', 'the client has gone')))
  return { signal: over.signal, [Symbol.dispose]: () => linked[Symbol.dispose]() }
}

interface Cancellable {
  on(event: 'cancelled', listener: () => void): unknown
}

/** Resolves when the client has room for more, or the signal aborts: a slow reader must not fill our memory. */
function writeMessage(
  call: ServerWritableStream<unknown, object>,
  message: object,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted()
  if (call.write(message)) return Promise.resolve()
  return new Promise((done, fail) => {
    const onDrain = (): void => {
      waiting[Symbol.dispose]()
      done()
    }
    call.once('drain', onDrain)
    const waiting = onAbort(signal, () => {
      call.off('drain', onDrain)
      fail(signal.reason as Error)
    })
  })
}

function requireDecoded(request: unknown): never {
  if (request instanceof Malformed)
    throw new SnetError('invalid-request', `the request is malformed: ${request.reason}`)
  return request as never
}
