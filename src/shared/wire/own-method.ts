import type { MethodDefinition } from '@grpc/grpc-js'
import type { Cogs } from '../units.js'

/** What a handler may know of its call beside the messages. */
export interface CallContext {
  readonly metadata: { first(name: string): string | undefined; all(name: string): string[] }
  /** Aborts when nobody waits for the answer any more; its reason is a SnetError. */
  readonly signal: AbortSignal
}

/**
 * A method of one of our own services together with the code that answers it. All four kinds of methods are streams of
 * messages here, some of a single one. What `answer` throws is told to the client; a SnetError with its own status.
 */
export interface OwnMethod<Request = unknown, Answer = unknown> {
  /** `/package.Service/Method`. */
  readonly path: string
  /** False when `requests` has exactly one message; who calls makes sure of it. */
  readonly requestStream: boolean
  /** The answer goes on until the client leaves or the daemon stops. */
  readonly lasts?: boolean
  /** Which calls it shares places and bounds with; those of most own services where it does not say. */
  readonly bounds?: 'training' | 'uploads'
  /** It is refused while calls are paused, since nothing can be had for the money then. */
  readonly takesMoney?: boolean
  decode(bytes: Buffer): Request
  encode(answer: Answer): Buffer
  answer(requests: AsyncIterable<Request>, context: CallContext): AsyncIterable<Answer>
}

/** A method of one of our own services that is paid for, and answers once. */
export interface PaidMethod<Request = unknown, Answer = unknown> extends Omit<OwnMethod<Request, Answer>, 'answer'> {
  /** Judges what is asked, by its first message, before anything is paid. */
  offer(first: Request, context: CallContext): Promise<Offer<Request, Answer>>
}

/** What a call would cost, and the work itself, which is done once that is reserved and paid for once it is done. */
export interface Offer<Request, Answer> {
  readonly price: Cogs
  /** @param rest what comes after the first message */
  work(rest: AsyncIterable<Request>): Promise<Answer>
}

/** A method that takes one message and answers one. */
export const unaryMethod = <Request, Answer>(
  { path, requestDeserialize, responseSerialize }: MethodDefinition<Request, Answer>,
  handle: (request: Request, context: CallContext) => Answer | Promise<Answer>,
): OwnMethod<Request, Answer> => ({
  path,
  requestStream: false,
  decode: requestDeserialize,
  encode: responseSerialize,
  async *answer(requests, context) {
    for await (const request of requests) yield await handle(request, context)
  },
})

/** A method that takes one message and goes on answering, until its client leaves or the daemon stops. */
export const lastingMethod = <Request, Answer>(
  { path, requestDeserialize, responseSerialize }: MethodDefinition<Request, Answer>,
  handle: (request: Request, context: CallContext) => AsyncIterable<Answer>,
): OwnMethod<Request, Answer> => ({
  path,
  requestStream: false,
  lasts: true,
  decode: requestDeserialize,
  encode: responseSerialize,
  async *answer(requests, context) {
    for await (const request of requests) yield* handle(request, context)
  },
})
