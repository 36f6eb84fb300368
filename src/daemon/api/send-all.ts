import type { ServerWritableStream } from '@grpc/grpc-js'

/** Sends what comes, no faster than it is taken, and ends the call; stops where nobody takes it any more. */
export async function sendAll<Answer>(
  call: ServerWritableStream<object, Answer>,
  answers: AsyncIterable<Answer>,
): Promise<void> {
  for await (const answer of answers) {
    if (call.cancelled) return
    if (!call.write(answer)) await whenWritable(call)
  }
  call.end()
}

/** Or when nobody takes it any more. */
function whenWritable(call: ServerWritableStream<object, unknown>): Promise<void> {
  return new Promise((done) => {
    const next = (): void => {
      call.off('drain', next).off('cancelled', next)
      done()
    }
    call.on('drain', next).on('cancelled', next)
  })
}
