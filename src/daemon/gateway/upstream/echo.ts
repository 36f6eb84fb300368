import { SnetError } from '../../../shared/errors.js'
import type { Call } from '../call.js'
import { unreadable } from '../failure.js'
import { HeaderList } from '../header-list.js'
import { atMost, messagesOf } from '../messages.js'
import type { Upstream } from './upstream.js'

/** Stands in for the service: the first message of a call comes back as its answer (snet-behaviour 6.6). */
export const createEcho = ({ maxMessageBytes }: { maxMessageBytes: number }): Upstream => ({
  async forward(call) {
    const message = await firstMessage(call, maxMessageBytes)
    // The bytes are the client's, packed as he has packed them.
    const encoding = call.metadata.first('grpc-encoding')
    call.reply.headers(new HeaderList(encoding === undefined ? [] : ['grpc-encoding', encoding]))
    call.reply.write(message)
    call.reply.trailers = new HeaderList().add('grpc-status', '0')
  },
  health: async () => ({ ok: true }),
  [Symbol.asyncDispose]: async () => undefined,
})

/** The first message with its prefix; what follows it is thrown away. */
async function firstMessage(call: Call, maxMessageBytes: number): Promise<Buffer> {
  const messages = messagesOf(call, atMost(maxMessageBytes))
  try {
    const first = await messages.next()
    if (first.done) throw new SnetError('invalid-request', 'the request has no message')
    return first.value
  } catch (fault) {
    call.cancelled.throwIfAborted()
    throw unreadable('error receiving request; error: ', fault)
  }
}
