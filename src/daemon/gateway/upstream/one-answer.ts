import { status } from '../../../shared/grpc-status.js'
import type { Call } from '../call.js'
import { HeaderList } from '../header-list.js'
import { PREFIX_BYTES } from '../messages.js'

/**
 * Answers a call with one message and OK. The service has answered already, so nothing is waited for: what the client does
 * not take is the transport's to bound.
 * @param parts of the message, in order
 */
export function answerWith({ reply, right }: Call, parts: readonly Buffer[]): void {
  right?.throwIfAborted()
  const prefix = Buffer.alloc(PREFIX_BYTES)
  prefix.writeUInt32BE(
    parts.reduce((sum, { length }) => sum + length, 0),
    1,
  )
  reply.headers(new HeaderList())
  reply.write(prefix)
  for (const part of parts) reply.write(part)
  reply.trailers = new HeaderList().add('grpc-status', String(status.OK))
}
