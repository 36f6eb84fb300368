import { status } from '../../../../shared/grpc-status.js'
import { unlessAborted } from '../../../../shared/cancellation.js'
import { SnetError } from '../../../../shared/errors.js'
import type { Call } from '../../call.js'
import { HeaderList } from '../../header-list.js'
import { withPrefix } from '../../messages.js'
import { Stall } from '../stall.js'
import type { HttpAnswer } from './http-service.js'
import { JsonValues, type JudgeText } from './json-values.js'
import { ServerEvents } from './server-events.js'

export interface StreamedAnswer {
  /** A message of the call. Error: for what is none. */
  readonly toMessage: (json: Buffer) => Buffer
  readonly judge: JudgeText
  /** How long a client may leave its answer unread. */
  readonly stallMs: number
}

/** Hands on each part of an answer as it comes, server-sent events or JSON values, no faster than the client takes it. */
export async function answerStream(
  answer: HttpAnswer,
  call: Call,
  { toMessage, judge, stallMs }: StreamedAnswer,
): Promise<void> {
  const { reply, cancelled } = call
  const splitter = isEventStream(answer) ? new ServerEvents(judge) : new JsonValues(judge)
  const unread = new Stall(stallMs, () => call.abort(tookNothing(stallMs)))
  const send = async (texts: Iterable<Buffer>): Promise<void> => {
    for (const text of texts) {
      const message = withPrefix(toMessage(text))
      cancelled.throwIfAborted()
      call.right?.throwIfAborted()
      if (reply.write(message)) continue
      unread.begin()
      await unlessAborted(reply.drained(), cancelled)
      unread.end()
    }
  }
  reply.headers(new HeaderList())
  try {
    for await (const chunk of answer.body) await send(splitter.push(chunk))
    await send(splitter.end())
  } finally {
    unread.end()
  }
  reply.trailers = new HeaderList().add('grpc-status', String(status.OK))
}

const isEventStream = ({ contentType }: HttpAnswer): boolean => /^text\/event-stream\b/i.test(contentType)

const tookNothing = (ms: number): SnetError =>
  new SnetError('timed-out', `the client took nothing of its answer for ${ms} ms`, {
    hint: 'client_stall_timeout of the daemon sets the limit.',
  })
